"""劳务协作: registration, employment spells with monthly facts (scheme 三（一）)."""
