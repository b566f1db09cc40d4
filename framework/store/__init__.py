"""Tables, engine, migrations and ledger; loads a picture. The only place that knows SQL."""

from framework.store.engine import Store

__all__ = ["Store"]
