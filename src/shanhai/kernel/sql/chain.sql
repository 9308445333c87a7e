-- The chain that seals history (ADR 0021): blocks of entries whose transactions are over, each block bound to the one before.
-- A block holds the entries with after_id < id, from_xid <= transaction_id < to_xid. Within one `after_id` the ranges of
-- transactions follow each other from 0 without a gap, so every entry belongs to exactly one block, or is not sealed yet.
-- Owner's functions: the application may ask for the next block, it can neither say what is in it nor touch one.
-- Run again at every migrate.

-- What is sealed of an entry: all of it, as one line of JSON. Archives hold these very lines. Given column by column and put
-- together as text: half the cost of a whole row and of json_build_array.
CREATE OR REPLACE FUNCTION kernel_sealed_text(
    id bigint, at timestamptz, transaction_id bigint, table_name varchar, row_id uuid, operation varchar, "row" jsonb,
    before jsonb, actor varchar, reason varchar, request_id varchar, import_id uuid
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat('[', id, ', ', (extract(epoch FROM at) * 1000000)::bigint, ', ', transaction_id, ', ',
        to_json(table_name), ', "', row_id, '", ', to_json(operation), ', ', coalesce("row", 'null'), ', ',
        coalesce(before, 'null'), ', ', to_json(actor), ', ', to_json(reason), ', ', to_json(request_id), ', ',
        coalesce(to_json(import_id), 'null'), ']')
$$;

-- The month an entry is counted and archived under: that of its partition, in UTC as partitions are.
CREATE OR REPLACE FUNCTION kernel_sealed_month(at timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYYMM') $$;

-- An entry in which something was erased counts with the hash it was sealed under (sql/erasing.sql).
-- Number, greatest id, parts and marks of the entries of a block. A part is a month, its number of entries and the hash over
-- their hashes in the order of (transaction_id, id): a month that was archived can be left out or checked alone. Marks are the
-- first four bytes of every entry's hash, months in order: they prove nothing, they tell which entry is not what it was.
CREATE OR REPLACE FUNCTION kernel_block_content(after_id bigint, upto_id bigint, from_xid bigint, to_xid bigint)
RETURNS TABLE (entries bigint, last_id bigint, parts jsonb, marks bytea) LANGUAGE sql STABLE AS $$
    WITH part AS (
        SELECT month, count(*) AS entries, max(id) AS last_id,
            encode(sha256(string_agg(digest, '' ORDER BY transaction_id, id)), 'hex') AS hash,
            string_agg(substr(digest, 1, 4), '' ORDER BY transaction_id, id) AS marks
        FROM (
            SELECT now.id, now.transaction_id, now.month, coalesce(e.was, now.digest) AS digest FROM (
                SELECT h.id, h.transaction_id, kernel_sealed_month(h.at) AS month,
                    sha256(convert_to(kernel_sealed_text(h.id, h.at, h.transaction_id, h.table_name, h.row_id, h.operation, h.row,
                        h.before, h.actor, h.reason, h.request_id, h.import_id), 'UTF8')) AS digest
                FROM kernel_history h
                WHERE h.transaction_id >= $3 AND h.transaction_id < $4 AND h.id > $1 AND h.id <= $2
                OFFSET 0  -- keeps the hash of an entry computed once, not once for each use
            ) now
            LEFT JOIN kernel_erasedentry e ON e.entry_id = now.id AND e.is_now = now.digest
        ) entry
        GROUP BY month
    )
    SELECT coalesce(sum(entries), 0)::bigint, max(last_id),
        coalesce(jsonb_agg(jsonb_build_array(month, entries, hash) ORDER BY month), '[]'),
        coalesce(string_agg(marks, '' ORDER BY month), '')
    FROM part
$$;

-- Transactions count anew on another server, or when a dump was read into another database.
CREATE OR REPLACE FUNCTION kernel_chain_server() RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
        (SELECT oid FROM pg_database WHERE datname = current_database()))
$$;

-- Below this every transaction of this database is over, and the statements that follow see what it wrote. Those of other
-- databases of the server hold nothing up, however long they run; one of which the database is not known counts as ours.
CREATE OR REPLACE FUNCTION kernel_settled_below() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    seen pg_snapshot := pg_current_snapshot();
    first bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'sealing reads what is committed: not in a transaction that is %', current_setting('transaction_isolation');
    END IF;
    SELECT min(xid::text::bigint) INTO first FROM pg_snapshot_xip(seen) xid
    WHERE pg_xact_status(xid) = 'in progress' AND NOT EXISTS (
        SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'transactionid' AND l.transactionid = xid::xid AND l.mode = 'ExclusiveLock'
            AND a.datid <> (SELECT oid FROM pg_database WHERE datname = current_database())
    );
    RETURN least(first, pg_snapshot_xmax(seen)::text::bigint, pg_current_xact_id_if_assigned()::text::bigint);
END $$;

-- The bounds of the block to come, at most `most` entries unless one transaction wrote more; no row when nothing waits. Holds
-- the turn to seal until the transaction ends. After a move to another server (`server` differs) two blocks close what came
-- along, whose transactions cannot be told from those counted here: up to the greatest sealed id what was not sealed yet, then
-- all the rest; writers wait for that moment.
CREATE OR REPLACE FUNCTION kernel_next_block(most integer)
RETURNS TABLE (number bigint, server text, after_id bigint, upto_id bigint, from_xid bigint, to_xid bigint, previous bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    every CONSTANT bigint := 9223372036854775807;
    last kernel_sealblock;
    here text := kernel_chain_server();
    settled bigint;
    first bigint;
    cut bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(20210925, 21);
    SELECT * INTO last FROM kernel_sealblock b ORDER BY b.number DESC LIMIT 1;
    number := coalesce(last.number, 0) + 1;
    server := here;
    previous := coalesce(last.hash, '');
    after_id := coalesce(last.after_id, 0);
    from_xid := coalesce(last.to_xid, 0);
    upto_id := every;
    IF last.server <> here AND from_xid < every THEN
        SELECT coalesce(max(b.last_id), last.after_id) INTO upto_id FROM kernel_sealblock b WHERE b.after_id = last.after_id;
        server := last.server;
        to_xid := every;
        RETURN NEXT;
        RETURN;
    END IF;
    IF last.server <> here THEN
        LOCK TABLE kernel_history IN SHARE MODE;
        SELECT coalesce(max(b.last_id), last.after_id) INTO after_id FROM kernel_sealblock b WHERE b.after_id = last.after_id;
        SELECT greatest(max(h.id), after_id) INTO upto_id FROM kernel_history h;
        from_xid := 0;
        to_xid := every;
        RETURN NEXT;
        RETURN;
    END IF;
    IF from_xid = every THEN
        SELECT coalesce(max(b.last_id), last.after_id) INTO after_id FROM kernel_sealblock b WHERE b.after_id = last.after_id;
        from_xid := 0;
    END IF;
    settled := kernel_settled_below();
    SELECT h.transaction_id INTO cut FROM kernel_history h
    WHERE h.transaction_id >= from_xid AND h.transaction_id < settled AND h.id > after_id
    ORDER BY h.transaction_id OFFSET most LIMIT 1;
    SELECT h.transaction_id INTO first FROM kernel_history h
    WHERE h.transaction_id >= from_xid AND h.transaction_id < settled AND h.id > after_id
    ORDER BY h.transaction_id LIMIT 1;
    IF first IS NOT NULL THEN
        to_xid := CASE WHEN cut IS NULL THEN settled WHEN cut > first THEN cut ELSE cut + 1 END;
        RETURN NEXT;
    END IF;
END $$;

-- What the hash of a block covers.
CREATE OR REPLACE FUNCTION kernel_block_text(b kernel_sealblock) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT json_build_array(b.number, b.algorithm, b.server, b.after_id, b.from_xid, b.to_xid, b.entries, b.last_id, b.parts,
        encode(sha256(b.marks), 'hex'), (extract(epoch FROM b.sealed_at) * 1000000)::bigint, encode(b.previous, 'hex'))::text
$$;

-- Seals the next block with SHA-256; its number, null when nothing waits. Where the installation seals with SM3, which
-- PostgreSQL does not know, this refuses and `kernel_keep_block` takes what the worker has computed.
CREATE OR REPLACE FUNCTION kernel_seal_block(most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    block kernel_sealblock;
    upto bigint;
BEGIN
    IF kernel_seal_algorithm() <> 'sha256' THEN
        RAISE EXCEPTION 'history is sealed with % here', kernel_seal_algorithm();
    END IF;
    SELECT n.number, n.server, n.after_id, n.upto_id, n.from_xid, n.to_xid, n.previous
    INTO block.number, block.server, block.after_id, upto, block.from_xid, block.to_xid, block.previous
    FROM kernel_next_block(most) n;
    IF block.number IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT c.entries, coalesce(c.last_id, block.after_id), c.parts, c.marks
    INTO block.entries, block.last_id, block.parts, block.marks
    FROM kernel_block_content(block.after_id, upto, block.from_xid, block.to_xid) c;
    block.algorithm := 'sha256';
    block.sealed_at := clock_timestamp();
    block.hash := sha256(convert_to(kernel_block_text(block), 'UTF8'));
    INSERT INTO kernel_sealblock SELECT block.*;
    RETURN block.number;
END $$;

-- Keeps a block that the worker sealed. It must follow the last one; whether its hash is true, verification tells.
CREATE OR REPLACE FUNCTION kernel_keep_block(block kernel_sealblock) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    next record;
BEGIN
    IF kernel_seal_algorithm() = 'sha256' OR block.algorithm <> kernel_seal_algorithm() THEN
        RAISE EXCEPTION 'history is sealed with % here', kernel_seal_algorithm();
    END IF;
    SELECT * INTO next FROM kernel_next_block(2147483647);
    IF (block.number, block.server, block.after_id, block.from_xid, block.previous)
            IS DISTINCT FROM (next.number, next.server, next.after_id, next.from_xid, next.previous)
        OR block.to_xid > next.to_xid OR (next.to_xid = 9223372036854775807 AND block.to_xid < next.to_xid) THEN
        RAISE EXCEPTION 'block % does not follow the last one', block.number;
    END IF;
    INSERT INTO kernel_sealblock SELECT block.*;
END $$;
