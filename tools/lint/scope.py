"""Nobody goes round the default manager, which limits rows to what the actor may see, but those listed here.

Going round: `_base_manager`, `context.unscoped`, SQL of one's own; and beyond the second wall (ADR 0020)
`context.beyond_reach` and the views of all rows. Each module that does says why.
"""

import ast
from collections.abc import Iterator, Mapping

from tools.lint.source import modules

#: What is looked for: attribute or function name → how it is called in a finding.
DOORS: Mapping[str, str] = {
    "_base_manager": "every row",
    "unscoped": "work without a reader",
    "beyond_reach": "writing beyond the reach",
    "on_behalf": "a step for a bound account over rows of its unit",
    "table_of_every_row": "every row",
    "cursor": "SQL of one's own",
    "raw": "SQL of one's own",
    "RawSQL": "SQL of one's own",
}
#: Places where everything may be reached: they compose, seed and run the installation.
FREE = ("config/", "ops/")
#: Module → why it may.
LISTED: Mapping[str, str] = {
    "kernel/erasing/acts.py": "rows, papers and history of one person, found within the scope",
    "domains/benefits/own.py": "a bound account says that it knows of a policy; found within its scope",
    "registers/parties/naming.py": "one person by the whole number, for who has the right; each is recorded",
    "registers/parties/erasing.py": "rows of a whole side about one person; by command after a restore",
    "registers/parties/duplicates/deciding.py": "rows of all units of a side follow a person",
    "registers/parties/duplicates/merging.py": "all that points at a person, or nothing is merged",
    "kernel/actions.py": "what the counterpart of a joint row sends back leaves its reach",
    "registers/approvals/acts.py": "who has a seat signs a row that is seen, and need not reach it to verify",
    "registers/approvals/seed.py": "seed",
    "registers/signing/seed.py": "seed",
    "kernel/handover/actions.py": "what is handed over leaves the giver's reach",
    "kernel/jobs/remaining.py": "how long the last job of a kind took, whoever asked for it",
    "kernel/jobs/runner.py": "states of jobs, outside the requester's transaction",
    "kernel/jobs/tasks.py": "answers of the API that nobody may ask for again",
    "kernel/evidence/checking.py": "every content is proved at night",
    "kernel/evidence/counted.py": "how many papers stand beside rows that were found within the scope",
    "kernel/walls/every_row.py": "where every row is named",
    "web/workbench/rows.py": "entries of the side, shown where their row is visible",
    "domains/appraisal/bulletin_seed.py": "seed",
    "domains/appraisal/boards/seed.py": "seed",
    "domains/appraisal/agreed_seed.py": "seed",
    "domains/appraisal/target_seed.py": "seed",
    "domains/funds/parts.py": "payments are parts of their project, summed for all its readers",
    "kernel/within.py": "the number of the row whose limit refused what its reader wrote",
    "domains/governance/reminding.py": "numbers of a whole side, sent without a reader; no row is told",
    "domains/benefits/lookup.py": "a benefit is given once over both sides; only digests are told",
    "domains/benefits/push_actions.py": "who is to be told is a row of who looks after them",
    "domains/insurance/lookup.py": "a person's year over both sides, of which only values are told",
    "domains/insurance/claims_seed.py": "seed",
    "domains/insurance/clearing_seed.py": "seed",
    "domains/insurance/seed.py": "seed",
    "domains/labour/circumstance_ledgers.py": "members are parts of their household",
    "domains/labour/ledgers.py": "monthly facts are parts of their spell",
    "domains/training/ledgers_courses.py": "rosters and days counted for the readers of their class",
    "domains/training/strangers.py": "nobody is signed in: a link or code names the row",
    "domains/training/ledgers_incubation.py": "support is part of the enterprise it was paid for",
    "domains/training/ledgers_workshops.py": "months are parts of their workshop",
    "domains/labour/transport/lookup.py": "seats of all units, of which numbers and codes leave",
    "domains/labour/rolling.py": "which sides are matched at night is asked before anybody acts",
    "domains/labour/matching_lookup.py": "seats taken by all units, of which only numbers are told",
    "domains/scheme/actions/versions.py": "reports of all units follow their task into the new version",
    "domains/scheme/reports.py": "that a report came is for every reader of the scheme, its words are not",
    "domains/scheme/seed.py": "seed",
    "kernel/amendments/deciding.py": "a row voided for both is no longer seen by the counterpart",
    "kernel/amendments/effect.py": "an indicator's own statement; rows as far as the reader may open them",
    "kernel/amendments/proposing.py": "a row that is written to learn what it would be, and undone",
    "kernel/amendments/stored.py": "columns of one row that the caller has read within the scope",
    "kernel/surfaces/api/answers.py": "a lock of the transaction, no row",
    "kernel/statements.py": "sends what the default manager limited when it was written",
    "kernel/surfaces/grouping.py": "names of what visible rows point at; where not shared they are no group",
    "kernel/bulk.py": "writes rows that were judged one by one before",
    "kernel/chain/archive.py": "which blocks a month is in; entries by blocks.py",
    "kernel/chain/blocks.py": "all of history, of which only hashes and names of tables are told",
    "kernel/chain/checking.py": "records that the chain was verified",
    "kernel/chain/moving.py": "detaches months as the owner, by command of the operator",
    "kernel/chain/readings.py": "records of reads against history; of a differing one only its key is told",
    "kernel/chain/sealing.py": "asks the owner's function to seal, whatever was written",
    "kernel/chain/verifying.py": "sums of all of history; as blocks.py",
    "kernel/context.py": "where the kernel transaction is made",
    "kernel/custom/managing.py": "whether any row of a field holds a value, of which only the number is told",
    "kernel/database.py": "runs as the owner after migrations",
    "kernel/management/commands/migrate.py": "a lock of the run, no row",
    "kernel/exports/approval.py": "the asker's job, begun by who agrees; marks that are taken, none is told",
    "kernel/exports/tracing.py": "by command of the operator, from a file that turned up",
    "kernel/exports/plain.py": "of rows already scoped, which may be unmasked",
    "kernel/exports/references.py": "names of what visible rows point at, hidden there where not shared",
    "kernel/health.py": "whether the database answers, a worker beats, all is sealed; no row is told",
    "kernel/observing/state.py": "numbers for whoever watches the installation; no row is told",
    "kernel/imports/apply.py": "counts the rows it has just written",
    "kernel/imports/matching.py": "a key taken elsewhere on the side is refused, in words that tell nothing",
    "kernel/imports/stored.py": "rows found within the scope or by their key, and what they refer to",
    "kernel/imports/undo.py": "every row of the import, refused as a whole when one is out of reach",
    "kernel/keys/held.py": "how many values are under which key, history included; no value is opened",
    "kernel/keys/places.py": "tokens of every row get another key; what they hold is told to nobody",
    "kernel/keys/rotating.py": "as places.py",
    "kernel/ledger.py": "locks rows found within the scope that may not be written, so that each is judged",
    "kernel/history/known.py": "settings of the transaction alone, no row",
    "kernel/history/tasks.py": "makes tables, reads no row",
    "kernel/indicators/compile.py": "a figure counts every row of its scope, and opens only what one may see",
    "kernel/indicators/declare.py": "parts of a figure; as compile.py",
    "kernel/indicators/figures.py": "totals of every row of a side, none of it by name; as compile.py",
    "kernel/indicators/members.py": "names of members of a figure; as compile.py",
    "kernel/indicators/onepass/columns.py": "sends the statements of counted.py and derived.py as arrays",
    "kernel/indicators/onepass/derived.py": "tallies every row of a side, reads dated rules; as compile.py",
    "kernel/indicators/onepass/counted.py": "counts every row of a side; as compile.py",
    "kernel/indicators/onepass/again.py": "objects a change touches, read again; as counted.py",
    "kernel/indicators/onepass/following.py": "keys of rows a change touches; as counted.py",
    "kernel/indicators/onepass/rolls/shape.py": "candidates are all rows of a side; as compile.py",
    "kernel/indicators/onepass/rolls/counting.py": "which units and places lie below the one asked for",
    "kernel/indicators/onepass/rolls/reach.py": "which units and places lie below those of a membership",
    "kernel/indicators/onepass/tree.py": "all places, by which sums are added up",
    "kernel/prepared.py": "sends what others wrote: again.py, changes.py, figures.py, waiting_statement.py",
    "kernel/indicators/reconcile.py": "compares both sides by the fields that both declare shared",
    "kernel/indicators/rows.py": "lists the rows of a figure and masks what the reader may not see",
    "kernel/indicators/since.py": "totals as compile.py; rows only through `readable`",
    "kernel/installation.py": "one row about the installation, written by the owner",
    "kernel/jobs/progress.py": "progress is seen at once, outside the job's transaction",
    "kernel/jobs/rescue.py": "locks and the queue's own tables",
    "kernel/periods/filed.py": "whether a unit has filed is for everyone who sees the obligation",
    "kernel/periods/rules.py": "the tree of units, which is public to its side",
    "kernel/periods/tasks.py": "obligations are made for everyone at night",
    "kernel/periods/visible.py": "the tree of units, to tell which obligations are visible",
    "kernel/rows.py": "the default manager itself: of the past, only rows that are visible today as well",
    "kernel/scope.py": "the decision itself",
    "kernel/trees.py": "paths of a whole subtree",
    "registers/accounts/binding.py": "whom a new account is bound to, found by number and name together",
    "registers/accounts/kinds.py": "whether the person of a shut account is erased",
    "registers/parties/own_requests.py": "a worker's request, written for the unit that keeps the record",
    "domains/labour/own.py": "seats of an order are counted over all its placements; nothing of them is told",
    "registers/accounts/forgetting.py": "rows of the cache, for which there is no model",
    "registers/accounts/tasks.py": "sessions that have ended, whoever they were of",
    "registers/accounts/management/commands/administrator.py": "the operator, on the machine itself",
    "registers/accounts/management/commands/new_password.py": "the operator, on the machine itself",
    "registers/accounts/management/commands/setup_link.py": "before there is any account",
    "registers/accounts/setting_up.py": "before there is any account",
    "registers/accounts/calls.py": "that a token was used for the first time, outside any request",
    "registers/accounts/record.py": "a line on a sign-in, outside any request",
    "registers/accounts/sessions.py": "a password that has grown old, before anybody is signed in",
    "kernel/surfaces/listing.py": "shows a page by the keys that were found within the scope",
    "kernel/surfaces/narration.py": "names of units, places and users in histories outside the ledgers",
    "registers/places/management/commands/load_places.py": "facts of the country, by command",
    "registers/seeding.py": "seed",
    "registers/turns.py": "a lock, no row",
}


def found_in(tree: ast.Module) -> set[tuple[int, str]]:
    """Line and name of each door that the module opens."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "_base_manager":
            found.add((node.lineno, node.attr))
        elif isinstance(node, ast.Call) and (name := _called(node)) in DOORS:
            found.add((node.lineno, name))
    return found


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def findings() -> Iterator[str]:
    """What goes round the scope without being listed, and what is listed without going round."""
    opening = set()
    for path, tree in modules():
        if path.startswith(FREE):
            continue
        found = found_in(tree)
        if found:
            opening.add(path)
        if path not in LISTED:
            for line, name in sorted(found):
                yield f"{path}:{line}: {name} is {DOORS[name]}: ask the default manager, or list why"
    for path in sorted(set(LISTED) - opening):
        yield f"{path}: listed in tools/lint/scope.py, but goes round nothing any more"
