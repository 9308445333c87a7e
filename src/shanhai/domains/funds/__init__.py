"""资金与项目: yearly agreements, transfers received, projects and payments (scheme 四（二）)."""
