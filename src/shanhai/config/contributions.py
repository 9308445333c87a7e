"""What the installation as a whole contributes: the accounts of the demonstration, for its sign-in page."""

from shanhai.registers.accounts.demonstration import DemoAccount, register_demo_accounts

from .seed.accounts import described


@register_demo_accounts
def seeded_accounts() -> list[DemoAccount]:
    return [
        DemoAccount(one["username"], f"{one['side']} · {one['name']}", one["password"]) for one in described()
    ]
