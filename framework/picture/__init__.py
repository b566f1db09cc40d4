"""The picture: all that the trust knew at a moment, as an audience may see it; and what changed between two."""

from framework.picture.compare import Changes, compare
from framework.picture.shape import Picture

__all__ = ["Changes", "Picture", "compare"]
