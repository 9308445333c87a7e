"""Places 地区: province → city → county → town → village or community, and parks; with validity dates."""
