"""One at a time: whoever changes a whole register waits for the one before, and sees what that one did."""

from django.db import connection


def wait_for_turn(register: str) -> None:
    """Held until the transaction ends. `register` is `units`, `places` or `users`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"shanhai.registers.{register}"])
