"""Who reaches the product, and what every answer over HTTP carries. Needs no server."""
