"""Accounts: users, memberships and roles; turns a signed-in user into the kernel's `Actor`."""
