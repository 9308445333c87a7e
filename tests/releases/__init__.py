"""The upgrade drill: what the previous release's database held and showed, and the way from there to here."""
