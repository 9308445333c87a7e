"""指标与通报: targets, indicator pages, bulletins (scheme 四（三）)."""
