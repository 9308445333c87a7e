"""Long work: runs behind the page as whoever asked for it, shows how far it is, can be left and cancelled.

Work is all or nothing: a job's writes are one kernel transaction, so a worker that dies leaves nothing half
done and the job is run again. A kind of job is registered by `runner.register_kind`, one is queued by
`runner.start`.
"""
