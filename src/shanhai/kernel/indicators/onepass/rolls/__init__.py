"""All candidates of a side, with what decides on each: members and reasons of any window (ADR 0035).

`shape` what is read of a row, and why some indicators cannot be read so · `lexicon` members as numbers ·
`block` rows as arrays · `verdict` counted or why not · `counting` rows by reason and member, in a scope ·
`roll` what is kept, and how it follows what is written · `reach` which rows a reader may open ·
`listing` pages of rows · `asking` what pages ask.
"""
