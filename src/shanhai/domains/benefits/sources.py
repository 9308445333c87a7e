"""What the chapter's ledgers rest on."""

SCHEME = "斗委农组〔2021〕3号 三（一）"
