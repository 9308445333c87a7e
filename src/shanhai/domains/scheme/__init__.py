"""方案与任务: the scheme document, its tasks, duties, ledgers owed and progress reports."""
