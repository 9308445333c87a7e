SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = on;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS ltree WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
'deferred',
'started',
'deferred_for_retry',
'failed',
'succeeded',
'cancelled',
'abort_requested',
'aborted',
'scheduled',
'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
'todo',
'doing',
'succeeded',
'failed',
'cancelled',
'aborting',
'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
queue_name character varying,
task_name character varying,
priority integer,
lock text,
queueing_lock text,
args jsonb,
scheduled_at timestamp with time zone
);
CREATE FUNCTION public.appraisal_keep_bulletin() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
free text[] := ARRAY['state', 'version', 'withdrawn_by', 'withdrawn_at', 'withdrawal_reason'];
BEGIN
IF OLD.state = 'draft' THEN
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
END IF;
IF TG_OP = 'UPDATE' AND OLD.state = 'issued' AND NEW.state = 'withdrawn'
AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
RETURN NEW;
END IF;
RAISE EXCEPTION 'bulletin % is issued and cannot change', OLD.id USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION public.appraisal_keep_part() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
part record;
BEGIN
IF TG_OP = 'INSERT' THEN part := NEW; ELSE part := OLD; END IF;
IF EXISTS (SELECT 1 FROM appraisal_bulletin WHERE id = part.bulletin_id AND state <> 'draft') THEN
RAISE EXCEPTION 'bulletin % is issued and cannot change', part.bulletin_id
USING ERRCODE = 'check_violation';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
END $$;
CREATE FUNCTION public.kernel_analyse() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
name regclass;
BEGIN
FOR name IN
SELECT oid FROM pg_class
WHERE relkind = 'r' AND NOT relispartition AND relnamespace = 'public'::regnamespace
AND pg_has_role(relowner, 'USAGE')
ORDER BY oid
LOOP
EXECUTE format('ANALYZE %s', name);
END LOOP;
END $$;
CREATE FUNCTION public.kernel_block_content(after_id bigint, upto_id bigint, from_xid bigint, to_xid bigint) RETURNS TABLE(entries bigint, last_id bigint, parts jsonb, marks bytea)
LANGUAGE sql STABLE
AS $_$
WITH part AS (
SELECT month, count(*) AS entries, max(id) AS last_id,
encode(sha256(string_agg(digest, '' ORDER BY transaction_id, id)), 'hex') AS hash,
string_agg(substr(digest, 1, 4), '' ORDER BY transaction_id, id) AS marks
FROM (
SELECT h.id, h.transaction_id, kernel_sealed_month(h.at) AS month,
sha256(convert_to(kernel_sealed_text(h.id, h.at, h.transaction_id, h.table_name, h.row_id, h.operation, h.row,
h.before, h.actor, h.reason, h.request_id, h.import_id), 'UTF8')) AS digest
FROM kernel_history h
WHERE h.transaction_id >= $3 AND h.transaction_id < $4 AND h.id > $1 AND h.id <= $2
OFFSET 0  -- keeps the hash of an entry computed once, not once for each use
) entry
GROUP BY month
)
SELECT coalesce(sum(entries), 0)::bigint, max(last_id),
coalesce(jsonb_agg(jsonb_build_array(month, entries, hash) ORDER BY month), '[]'),
coalesce(string_agg(marks, '' ORDER BY month), '')
FROM part
$_$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.kernel_sealblock (
number bigint NOT NULL,
algorithm character varying(8) NOT NULL,
server character varying(48) NOT NULL,
after_id bigint NOT NULL,
from_xid bigint NOT NULL,
to_xid bigint NOT NULL,
entries bigint NOT NULL,
last_id bigint NOT NULL,
parts jsonb NOT NULL,
marks bytea NOT NULL,
sealed_at timestamp with time zone NOT NULL,
previous bytea NOT NULL,
hash bytea NOT NULL
);
CREATE FUNCTION public.kernel_block_text(b public.kernel_sealblock) RETURNS text
LANGUAGE sql STABLE
AS $$
SELECT json_build_array(b.number, b.algorithm, b.server, b.after_id, b.from_xid, b.to_xid, b.entries, b.last_id, b.parts,
encode(sha256(b.marks), 'hex'), (extract(epoch FROM b.sealed_at) * 1000000)::bigint, encode(b.previous, 'hex'))::text
$$;
CREATE FUNCTION public.kernel_chain_server() RETURNS text
LANGUAGE sql STABLE
AS $$
SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
(SELECT oid FROM pg_database WHERE datname = current_database()))
$$;
CREATE PROCEDURE public.kernel_close_history_partitions(IN role regrole)
LANGUAGE plpgsql
AS $$
DECLARE
part regclass;
BEGIN
FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'kernel_history'::regclass LOOP
EXECUTE format('REVOKE ALL ON %s FROM %s', part, role);
CALL kernel_wall_partition(part);
END LOOP;
END $$;
CREATE FUNCTION public.kernel_ensure_history_partitions(first date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
month date;
made integer := 0;
name text;
BEGIN
FOR month IN SELECT generate_series(date_trunc('month', first), date_trunc('month', first) + make_interval(months => months - 1), '1 month')::date LOOP
name := 'kernel_history_' || to_char(month, 'YYYYMM');
IF to_regclass(name) IS NULL THEN
EXECUTE format('CREATE TABLE %I (LIKE kernel_history INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
EXECUTE format(
'WITH strayed AS (DELETE FROM kernel_history_default WHERE at >= %L AND at < %L RETURNING *)'
' INSERT INTO %I SELECT * FROM strayed',
month::timestamptz, (month + interval '1 month')::timestamptz, name);
EXECUTE format(
'ALTER TABLE kernel_history ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
name, month::timestamptz, (month + interval '1 month')::timestamptz);
CALL kernel_wall_partition(name::regclass);
made := made + 1;
END IF;
END LOOP;
RETURN made;
END $$;
CREATE FUNCTION public.kernel_history_columns(recorded regclass, omitted text[]) RETURNS TABLE(name name, is_nullable boolean)
LANGUAGE sql STABLE
AS $$
SELECT attname, NOT attnotnull FROM pg_attribute
WHERE attrelid = recorded AND attnum > 0 AND NOT attisdropped AND attname <> ALL (omitted)
ORDER BY octet_length(attname), attname COLLATE "C"
$$;
CREATE FUNCTION public.kernel_history_difference(recorded regclass, omitted text[]) RETURNS text
LANGUAGE sql STABLE
AS $_$
SELECT format(
'json_object(%s ABSENT ON NULL RETURNING jsonb) || (''{'' || concat_ws('','', NULL, %s) || ''}'')::jsonb',
string_agg(format('%1$L: CASE WHEN o.%1$I IS DISTINCT FROM n.%1$I THEN o.%1$I END', name), ', '),
coalesce(string_agg(format('CASE WHEN o.%1$I IS NULL AND n.%1$I IS NOT NULL THEN %2$L END',
name, to_json(name) || ':null'), ', ') FILTER (WHERE is_nullable), 'NULL'))
FROM kernel_history_columns(recorded, omitted)
$_$;
CREATE FUNCTION public.kernel_history_digested(kept jsonb, digested text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
SELECT kept || (
SELECT coalesce(jsonb_object_agg(name, left(md5(kept ->> name), 16)), '{}')
FROM unnest(digested) name WHERE kept ? name
)
$$;
CREATE FUNCTION public.kernel_history_document(recorded regclass, omitted text[], alias text) RETURNS text
LANGUAGE sql STABLE
AS $$
SELECT format('json_object(%s RETURNING jsonb)', string_agg(format('%L: %s.%I', name, alias, name), ', '))
FROM kernel_history_columns(recorded, omitted)
$$;
CREATE FUNCTION public.kernel_history_row(whole jsonb, omitted text[], digested text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
SELECT CASE WHEN cardinality(digested) + cardinality(omitted) = 0 THEN whole
WHEN cardinality(digested) = 0 THEN whole - omitted
ELSE kernel_history_digested(whole - omitted, digested) END
$$;
CREATE FUNCTION public.kernel_keep_block(block public.kernel_sealblock) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
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
CREATE FUNCTION public.kernel_next_block(most integer) RETURNS TABLE(number bigint, server text, after_id bigint, upto_id bigint, from_xid bigint, to_xid bigint, previous bytea)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
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
CREATE FUNCTION public.kernel_record_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
SET enable_nestloop TO 'off'
AS $_$
DECLARE
many CONSTANT integer := 100;  -- from here on, the statement with its columns written out pays for being planned
are_many boolean;
pairs text;
omitted text[] := string_to_array(TG_ARGV[0], ',');
digested text[] := string_to_array(TG_ARGV[1], ',');
acting text := nullif(current_setting('shanhai.actor', true), '');
why text := coalesce(current_setting('shanhai.reason', true), '');
request text := coalesce(current_setting('shanhai.request', true), '');
import uuid := nullif(current_setting('shanhai.import', true), '')::uuid;
recorded timestamptz := kernel_recorded_at();
transaction_id bigint := pg_current_xact_id()::text::bigint;
BEGIN
IF acting IS NULL THEN
RAISE EXCEPTION 'write to % outside a kernel context', TG_TABLE_NAME
USING HINT = 'open context.acting(actor) or context.unscoped(reason)';
END IF;
IF TG_OP = 'DELETE' THEN
are_many := (SELECT count(*) FROM (SELECT FROM old_rows LIMIT many) o) = many;
ELSE
are_many := (SELECT count(*) FROM (SELECT FROM new_rows LIMIT many) n) = many;
END IF;
IF are_many THEN
pairs := CASE TG_OP
WHEN 'INSERT' THEN
format('SELECT n.id, %s AS is_now, NULL::jsonb AS before FROM new_rows n',
kernel_history_document(TG_RELID, omitted, 'n'))
WHEN 'UPDATE' THEN
format('SELECT n.id, %s AS is_now, %s AS before FROM new_rows n JOIN old_rows o USING (id)',
kernel_history_document(TG_RELID, omitted, 'n'), kernel_history_difference(TG_RELID, omitted))
ELSE
format('SELECT o.id, NULL::jsonb AS is_now, %s AS before FROM old_rows o',
kernel_history_document(TG_RELID, omitted, 'o'))
END;
EXECUTE format(
'INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,'
'                            actor, reason, request_id, import_id)'
' SELECT $1, $2, $3, id, $4, kernel_history_row(is_now, ''{}'', $5), kernel_history_row(before, ''{}'', $5),'
'        $6, $7, $8, $9'
' FROM (%s OFFSET 0) pair WHERE before IS DISTINCT FROM ''{}''', pairs)
USING recorded, transaction_id, TG_TABLE_NAME, lower(TG_OP), digested, acting, why, request, import;
ELSIF TG_OP = 'INSERT' THEN
INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,
actor, reason, request_id, import_id)
SELECT recorded, transaction_id, TG_TABLE_NAME, n.id, 'insert', kernel_history_row(to_jsonb(n), omitted, digested), NULL,
acting, why, request, import
FROM new_rows n;
ELSIF TG_OP = 'UPDATE' THEN
INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,
actor, reason, request_id, import_id)
SELECT recorded, transaction_id, TG_TABLE_NAME, pair.id, 'update', pair.is_now, changed.before,
acting, why, request, import
FROM (
SELECT n.id, kernel_history_row(to_jsonb(n), omitted, digested) AS is_now,
kernel_history_row(to_jsonb(o), omitted, digested) AS was
FROM new_rows n JOIN old_rows o USING (id)
OFFSET 0  -- keeps both rows computed once, not once more for each of their columns
) pair
CROSS JOIN LATERAL (
SELECT jsonb_object_agg(was.key, was.value) AS before
FROM jsonb_each(pair.was) was
WHERE pair.is_now -> was.key IS DISTINCT FROM was.value
) changed
WHERE changed.before IS NOT NULL;
ELSE
INSERT INTO kernel_history (at, transaction_id, table_name, row_id, operation, row, before,
actor, reason, request_id, import_id)
SELECT recorded, transaction_id, TG_TABLE_NAME, o.id, 'delete', NULL, kernel_history_row(to_jsonb(o), omitted, digested),
acting, why, request, import
FROM old_rows o;
END IF;
RETURN NULL;
END $_$;
CREATE FUNCTION public.kernel_recorded_at() RETURNS timestamp with time zone
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
told text := nullif(current_setting('shanhai.now', true), '');
BEGIN
-- Only a demonstration may tell the time of what it records; anywhere else the server's clock decides.
IF told IS NOT NULL AND EXISTS (SELECT 1 FROM kernel_installation WHERE is_demonstration) THEN
RETURN told::timestamptz;
END IF;
RETURN clock_timestamp();
END $$;
CREATE FUNCTION public.kernel_seal_algorithm() RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT 'sha256' $$;
CREATE FUNCTION public.kernel_seal_block(most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
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
CREATE FUNCTION public.kernel_sealed_month(at timestamp with time zone) RETURNS text
LANGUAGE sql STABLE
AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYYMM') $$;
CREATE FUNCTION public.kernel_sealed_text(id bigint, at timestamp with time zone, transaction_id bigint, table_name character varying, row_id uuid, operation character varying, "row" jsonb, before jsonb, actor character varying, reason character varying, request_id character varying, import_id uuid) RETURNS text
LANGUAGE sql STABLE
AS $$
SELECT concat('[', id, ', ', (extract(epoch FROM at) * 1000000)::bigint, ', ', transaction_id, ', ',
to_json(table_name), ', "', row_id, '", ', to_json(operation), ', ', coalesce("row", 'null'), ', ',
coalesce(before, 'null'), ', ', to_json(actor), ', ', to_json(reason), ', ', to_json(request_id), ', ',
coalesce(to_json(import_id), 'null'), ']')
$$;
CREATE FUNCTION public.kernel_settled_below() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
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
CREATE FUNCTION public.kernel_wall(ledger text, way text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT coalesce(
nullif(current_setting('shanhai.wall', true), '')::jsonb -> ledger,
nullif(current_setting('shanhai.wall', true), '')::jsonb -> ''
) -> way
$$;
CREATE FUNCTION public.kernel_wall_administers() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT coalesce((nullif(current_setting('shanhai.wall', true), '')::jsonb -> 'administers')::boolean, false)
$$;
CREATE FUNCTION public.kernel_wall_counterparts(ledger text, way text) RETURNS TABLE(side character varying, id uuid)
LANGUAGE plpgsql STABLE ROWS 50 PARALLEL SAFE
AS $$
BEGIN
RETURN QUERY
SELECT (CASE f.side WHEN 'east' THEN 'west' ELSE 'east' END)::varchar, f.id FROM (
SELECT u.side, u.id FROM public."parties_unit" u
WHERE u.side = ANY (kernel_wall_sides(ledger, way))
UNION ALL SELECT r.side, r.id FROM kernel_wall_units(ledger, way) r
) f;
END $$;
CREATE FUNCTION public.kernel_wall_history(table_name text, row_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 PARALLEL SAFE
AS $_$
BEGIN
IF $1 = 'kernel_amendment' THEN
RETURN EXISTS (SELECT FROM public."kernel_amendment" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_chaincheck' THEN
RETURN EXISTS (SELECT FROM public."kernel_chaincheck" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_evidencefile' THEN
RETURN EXISTS (SELECT FROM public."kernel_evidencefile" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_evidencelink' THEN
RETURN EXISTS (SELECT FROM public."kernel_evidencelink" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_evidencereading' THEN
RETURN EXISTS (SELECT FROM public."kernel_evidencereading" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_handover' THEN
RETURN EXISTS (SELECT FROM public."kernel_handover" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_import' THEN
RETURN EXISTS (SELECT FROM public."kernel_import" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_importpart' THEN
RETURN EXISTS (SELECT FROM public."kernel_importpart" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_columnmapping' THEN
RETURN EXISTS (SELECT FROM public."kernel_columnmapping" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_job' THEN
RETURN EXISTS (SELECT FROM public."kernel_job" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_obligationrule' THEN
RETURN EXISTS (SELECT FROM public."kernel_obligationrule" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_obligationruleunit' THEN
RETURN EXISTS (SELECT FROM public."kernel_obligationruleunit" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_obligation' THEN
RETURN EXISTS (SELECT FROM public."kernel_obligation" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_periodreopening' THEN
RETURN EXISTS (SELECT FROM public."kernel_periodreopening" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_fieldreading' THEN
RETURN EXISTS (SELECT FROM public."kernel_fieldreading" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_exportreading' THEN
RETURN EXISTS (SELECT FROM public."kernel_exportreading" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_savedview' THEN
RETURN EXISTS (SELECT FROM public."kernel_savedview" r WHERE r.id = $2);
END IF;
IF $1 = 'kernel_viewdefault' THEN
RETURN EXISTS (SELECT FROM public."kernel_viewdefault" r WHERE r.id = $2);
END IF;
IF $1 = 'parties_body' THEN
RETURN EXISTS (SELECT FROM public."parties_body" r WHERE r.id = $2);
END IF;
IF $1 = 'parties_person' THEN
RETURN EXISTS (SELECT FROM public."parties_person" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_scheme' THEN
RETURN EXISTS (SELECT FROM public."scheme_scheme" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_sourcedocument' THEN
RETURN EXISTS (SELECT FROM public."scheme_sourcedocument" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_schemeversion' THEN
RETURN EXISTS (SELECT FROM public."scheme_schemeversion" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_section' THEN
RETURN EXISTS (SELECT FROM public."scheme_section" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_question' THEN
RETURN EXISTS (SELECT FROM public."scheme_question" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_task' THEN
RETURN EXISTS (SELECT FROM public."scheme_task" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_duty' THEN
RETURN EXISTS (SELECT FROM public."scheme_duty" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme_progressreport' THEN
RETURN EXISTS (SELECT FROM public."scheme_progressreport" r WHERE r.id = $2);
END IF;
IF $1 = 'funds_aidagreement' THEN
RETURN EXISTS (SELECT FROM public."funds_aidagreement" r WHERE r.id = $2);
END IF;
IF $1 = 'funds_transferreceived' THEN
RETURN EXISTS (SELECT FROM public."funds_transferreceived" r WHERE r.id = $2);
END IF;
IF $1 = 'funds_project' THEN
RETURN EXISTS (SELECT FROM public."funds_project" r WHERE r.id = $2);
END IF;
IF $1 = 'funds_payment' THEN
RETURN EXISTS (SELECT FROM public."funds_payment" r WHERE r.id = $2);
END IF;
IF $1 = 'labour_employmentspell' THEN
RETURN EXISTS (SELECT FROM public."labour_employmentspell" r WHERE r.id = $2);
END IF;
IF $1 = 'labour_monthlyfact' THEN
RETURN EXISTS (SELECT FROM public."labour_monthlyfact" r WHERE r.id = $2);
END IF;
IF $1 = 'labour_workerregistration' THEN
RETURN EXISTS (SELECT FROM public."labour_workerregistration" r WHERE r.id = $2);
END IF;
IF $1 = 'appraisal_bulletintemplate' THEN
RETURN EXISTS (SELECT FROM public."appraisal_bulletintemplate" r WHERE r.id = $2);
END IF;
IF $1 = 'appraisal_bulletin' THEN
RETURN EXISTS (SELECT FROM public."appraisal_bulletin" r WHERE r.id = $2);
END IF;
IF $1 = 'appraisal_bulletinfigure' THEN
RETURN EXISTS (SELECT FROM public."appraisal_bulletinfigure" r WHERE r.id = $2);
END IF;
IF $1 = 'appraisal_narrativeslot' THEN
RETURN EXISTS (SELECT FROM public."appraisal_narrativeslot" r WHERE r.id = $2);
END IF;
IF $1 = 'appraisal_bulletinreceipt' THEN
RETURN EXISTS (SELECT FROM public."appraisal_bulletinreceipt" r WHERE r.id = $2);
END IF;
IF $1 = 'appraisal_indicatortarget' THEN
RETURN EXISTS (SELECT FROM public."appraisal_indicatortarget" r WHERE r.id = $2);
END IF;
RETURN kernel_wall_sides_told() IS NOT NULL OR kernel_wall_administers();
RETURN false;
END $_$;
CREATE FUNCTION public.kernel_wall_is_open() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT coalesce((nullif(current_setting('shanhai.wall', true), '')::jsonb -> 'all')::boolean, false)
$$;
CREATE FUNCTION public.kernel_wall_is_told() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT coalesce(current_setting('shanhai.wall', true), '') <> ''
$$;
CREATE PROCEDURE public.kernel_wall_partition(IN part regclass)
LANGUAGE plpgsql
AS $$
BEGIN
EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', part);
IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = part) THEN
EXECUTE format('CREATE POLICY wall_owner ON %s TO %I USING (true) WITH CHECK (true)', part, current_user);
END IF;
END $$;
CREATE FUNCTION public.kernel_wall_person() RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT ARRAY[nullif(current_setting('shanhai.actor', true), '')]
$$;
CREATE FUNCTION public.kernel_wall_places(ledger text, way text) RETURNS TABLE(side character varying, id uuid)
LANGUAGE plpgsql STABLE ROWS 50 PARALLEL SAFE
AS $$
BEGIN
RETURN QUERY
SELECT (one ->> 0)::varchar, p.id FROM jsonb_array_elements(kernel_wall(ledger, way) -> 'p') one
JOIN public."places_place" p ON p.path <@ (one ->> 1)::ltree;
END $$;
CREATE FUNCTION public.kernel_wall_row(ledger text, row_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 PARALLEL SAFE
AS $_$
BEGIN
IF $1 = 'parties.body' THEN
RETURN EXISTS (SELECT FROM public."parties_body" r WHERE r.id = $2);
END IF;
IF $1 = 'parties.person' THEN
RETURN EXISTS (SELECT FROM public."parties_person" r WHERE r.id = $2);
END IF;
IF $1 = 'scheme.progressreport' THEN
RETURN EXISTS (SELECT FROM public."scheme_progressreport" r WHERE r.id = $2);
END IF;
IF $1 = 'funds.aidagreement' THEN
RETURN EXISTS (SELECT FROM public."funds_aidagreement" r WHERE r.id = $2);
END IF;
IF $1 = 'funds.transferreceived' THEN
RETURN EXISTS (SELECT FROM public."funds_transferreceived" r WHERE r.id = $2);
END IF;
IF $1 = 'funds.project' THEN
RETURN EXISTS (SELECT FROM public."funds_project" r WHERE r.id = $2);
END IF;
IF $1 = 'funds.payment' THEN
RETURN EXISTS (SELECT FROM public."funds_payment" r WHERE r.id = $2);
END IF;
IF $1 = 'labour.employmentspell' THEN
RETURN EXISTS (SELECT FROM public."labour_employmentspell" r WHERE r.id = $2);
END IF;
IF $1 = 'labour.monthlyfact' THEN
RETURN EXISTS (SELECT FROM public."labour_monthlyfact" r WHERE r.id = $2);
END IF;
IF $1 = 'labour.workerregistration' THEN
RETURN EXISTS (SELECT FROM public."labour_workerregistration" r WHERE r.id = $2);
END IF;
RETURN false;
END $_$;
CREATE FUNCTION public.kernel_wall_shares(ledger text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT coalesce((kernel_wall(ledger, 'view') -> 'r')::boolean, false)
$$;
CREATE FUNCTION public.kernel_wall_sides(ledger text, way text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT string_to_array(kernel_wall(ledger, way) ->> 's', ',')
$$;
CREATE FUNCTION public.kernel_wall_sides_told() RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT string_to_array(nullif(nullif(current_setting('shanhai.wall', true), '')::jsonb ->> 'sides', ''), ',')
$$;
CREATE FUNCTION public.kernel_wall_units(ledger text, way text) RETURNS TABLE(side character varying, id uuid)
LANGUAGE plpgsql STABLE ROWS 50 PARALLEL SAFE
AS $$
DECLARE
reach jsonb := kernel_wall(ledger, way);
BEGIN
RETURN QUERY
SELECT (one ->> 0)::varchar, (one ->> 1)::uuid FROM jsonb_array_elements(reach -> 'u') one
UNION ALL
SELECT (one ->> 0)::varchar, u.id FROM jsonb_array_elements(reach -> 't') one
JOIN public."parties_unit" u ON u.path <@ (one ->> 1)::ltree;
END $$;
CREATE FUNCTION public.kernel_wall_written_for(import uuid) RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 PARALLEL SAFE
AS $$
BEGIN
RETURN EXISTS (
SELECT FROM every_kernel_importpart p JOIN kernel_wall_units(p.ledger, 'write') f ON f.id = p.unit_id
WHERE p.upload_id = import
);
END $$;
CREATE FUNCTION public.kernel_written_since(seen pg_snapshot, seen_at timestamp with time zone, tables text[], most integer) RETURNS TABLE(table_name character varying, row_id uuid, is_now jsonb, before jsonb)
LANGUAGE plpgsql STABLE
SET plan_cache_mode TO 'force_generic_plan'
SET enable_seqscan TO 'off'
AS $$
DECLARE
first bigint := pg_snapshot_xmax(seen)::text::bigint;
last bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
running bigint[] := ARRAY(SELECT one::text::bigint FROM pg_snapshot_xip(seen) one);
-- Only partitions of these days are opened; a demonstration may have told any time. More than a month on either side, for
-- clocks are set right at times, and a partition holds a month.
told_any boolean := EXISTS (SELECT FROM kernel_installation WHERE is_demonstration);
earliest timestamptz := CASE WHEN told_any THEN '-infinity' ELSE seen_at - interval '40 days' END;
latest timestamptz := CASE WHEN told_any THEN 'infinity' ELSE clock_timestamp() + interval '40 days' END;
BEGIN
RETURN QUERY
SELECT h.table_name, h.row_id, h.row, h.before FROM every_kernel_history h
WHERE h.transaction_id BETWEEN first AND last AND h.table_name = ANY (tables) AND h.at BETWEEN earliest AND latest
LIMIT most;
IF cardinality(running) > 0 THEN
-- Whenever these began.
RETURN QUERY
SELECT h.table_name, h.row_id, h.row, h.before FROM every_kernel_history h
WHERE h.transaction_id = ANY (running) AND h.table_name = ANY (tables)
LIMIT most;
END IF;
END $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
_job_id bigint;
BEGIN
IF delete_job THEN
DELETE FROM procrastinate_jobs
WHERE id = job_id AND status = 'todo'
RETURNING id INTO _job_id;
END IF;
IF _job_id IS NULL THEN
IF abort THEN
UPDATE procrastinate_jobs
SET abort_requested = true,
status = CASE status
WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
END
WHERE id = job_id AND status IN ('todo', 'doing')
RETURNING id INTO _job_id;
ELSE
UPDATE procrastinate_jobs
SET status = 'cancelled'::procrastinate_job_status
WHERE id = job_id AND status = 'todo'
RETURNING id INTO _job_id;
END IF;
END IF;
RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
LANGUAGE plpgsql
AS $$
DECLARE
job_ids bigint[];
BEGIN
WITH inserted_jobs AS (
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
SELECT (job).queue_name,
(job).task_name,
(job).priority,
(job).lock,
(job).queueing_lock,
(job).args,
(job).scheduled_at
FROM unnest(jobs) AS job
RETURNING id
)
SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
_job_id bigint;
_defer_id bigint;
BEGIN
INSERT
INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
VALUES (_task_name, _periodic_id, _defer_timestamp)
ON CONFLICT DO NOTHING
RETURNING id into _defer_id;
IF _defer_id IS NULL THEN
RETURN NULL;
END IF;
UPDATE procrastinate_periodic_defers
SET job_id = (
SELECT COALESCE((
SELECT unnest(procrastinate_defer_jobs_v1(
ARRAY[
ROW(
_queue_name,
_task_name,
_priority,
_lock,
_queueing_lock,
_args,
NULL::timestamptz
)
]::procrastinate_job_to_defer_v1[]
))
), NULL)
)
WHERE id = _defer_id
RETURNING job_id INTO _job_id;
DELETE
FROM procrastinate_periodic_defers
USING (
SELECT id
FROM procrastinate_periodic_defers
WHERE procrastinate_periodic_defers.task_name = _task_name
AND procrastinate_periodic_defers.periodic_id = _periodic_id
AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
ORDER BY id
FOR UPDATE
) to_delete
WHERE procrastinate_periodic_defers.id = to_delete.id;
RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
id bigint NOT NULL,
queue_name character varying(128) NOT NULL,
task_name character varying(128) NOT NULL,
lock text,
args jsonb DEFAULT '{}'::jsonb NOT NULL,
status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
scheduled_at timestamp with time zone,
attempts integer DEFAULT 0 NOT NULL,
queueing_lock text,
priority integer DEFAULT 0 NOT NULL,
abort_requested boolean DEFAULT false NOT NULL,
worker_id bigint,
CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
LANGUAGE plpgsql
AS $$
DECLARE
found_jobs procrastinate_jobs;
BEGIN
WITH candidate AS (
SELECT jobs.*
FROM procrastinate_jobs AS jobs
WHERE
-- reject the job if its lock has earlier or higher priority jobs
NOT EXISTS (
SELECT 1
FROM procrastinate_jobs AS other_jobs
WHERE
jobs.lock IS NOT NULL
AND other_jobs.lock = jobs.lock
AND (
-- job with same lock is already running
other_jobs.status = 'doing'
OR
-- job with same lock is waiting and has higher priority (or same priority but was queued first)
(
other_jobs.status = 'todo'
AND (
other_jobs.priority > jobs.priority
OR (
other_jobs.priority = jobs.priority
AND other_jobs.id < jobs.id
)
)
)
)
)
AND jobs.status = 'todo'
AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
FOR UPDATE OF jobs SKIP LOCKED
)
UPDATE procrastinate_jobs
SET status = 'doing', worker_id = p_worker_id
FROM candidate
WHERE procrastinate_jobs.id = candidate.id
RETURNING procrastinate_jobs.* INTO found_jobs;
RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
_job_id bigint;
BEGIN
IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
END IF;
IF delete_job THEN
DELETE FROM procrastinate_jobs
WHERE id = job_id AND status IN ('todo', 'doing')
RETURNING id INTO _job_id;
ELSE
UPDATE procrastinate_jobs
SET status = end_status,
abort_requested = false,
attempts = CASE status
WHEN 'doing' THEN attempts + 1 ELSE attempts
END
WHERE id = job_id AND status IN ('todo', 'doing')
RETURNING id INTO _job_id;
END IF;
IF _job_id IS NULL THEN
RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
payload TEXT;
BEGIN
SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
PERFORM pg_notify('procrastinate_any_queue_v1', payload);
RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
payload TEXT;
BEGIN
SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
PERFORM pg_notify('procrastinate_any_queue_v1', payload);
RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
LANGUAGE plpgsql
AS $$
BEGIN
RETURN QUERY
DELETE FROM procrastinate_workers
WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
LANGUAGE plpgsql
AS $$
BEGIN
RETURN QUERY
INSERT INTO procrastinate_workers DEFAULT VALUES
RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
_job_id bigint;
_abort_requested boolean;
BEGIN
SELECT abort_requested FROM procrastinate_jobs
WHERE id = job_id AND status = 'doing'
FOR UPDATE
INTO _abort_requested;
IF _abort_requested THEN
UPDATE procrastinate_jobs
SET status = 'failed'::procrastinate_job_status
WHERE id = job_id AND status = 'doing'
RETURNING id INTO _job_id;
ELSE
UPDATE procrastinate_jobs
SET status = 'todo'::procrastinate_job_status,
attempts = attempts + 1,
scheduled_at = retry_at,
priority = COALESCE(new_priority, priority),
queue_name = COALESCE(new_queue_name, queue_name),
lock = COALESCE(new_lock, lock)
WHERE id = job_id AND status = 'doing'
RETURNING id INTO _job_id;
END IF;
IF _job_id IS NULL THEN
RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
_job_id bigint;
_abort_requested boolean;
_current_status procrastinate_job_status;
BEGIN
SELECT status, abort_requested FROM procrastinate_jobs
WHERE id = job_id AND status IN ('doing', 'failed')
FOR UPDATE
INTO _current_status, _abort_requested;
IF _current_status = 'doing' AND _abort_requested THEN
UPDATE procrastinate_jobs
SET status = 'failed'::procrastinate_job_status
WHERE id = job_id AND status = 'doing'
RETURNING id INTO _job_id;
ELSE
UPDATE procrastinate_jobs
SET status = 'todo'::procrastinate_job_status,
attempts = attempts + 1,
scheduled_at = retry_at,
priority = COALESCE(new_priority, priority),
queue_name = COALESCE(new_queue_name, queue_name),
lock = COALESCE(new_lock, lock)
WHERE id = job_id AND status IN ('doing', 'failed')
RETURNING id INTO _job_id;
END IF;
IF _job_id IS NULL THEN
RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
INSERT INTO procrastinate_events(job_id, type)
VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
INSERT INTO procrastinate_events(job_id, type, at)
VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
INSERT INTO procrastinate_events(job_id, type)
VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
WITH t AS (
SELECT CASE
WHEN OLD.status = 'todo'::procrastinate_job_status
AND NEW.status = 'doing'::procrastinate_job_status
THEN 'started'::procrastinate_job_event_type
WHEN OLD.status = 'doing'::procrastinate_job_status
AND NEW.status = 'todo'::procrastinate_job_status
THEN 'deferred_for_retry'::procrastinate_job_event_type
WHEN OLD.status = 'doing'::procrastinate_job_status
AND NEW.status = 'failed'::procrastinate_job_status
THEN 'failed'::procrastinate_job_event_type
WHEN OLD.status = 'doing'::procrastinate_job_status
AND NEW.status = 'succeeded'::procrastinate_job_status
THEN 'succeeded'::procrastinate_job_event_type
WHEN OLD.status = 'todo'::procrastinate_job_status
AND (
NEW.status = 'cancelled'::procrastinate_job_status
OR NEW.status = 'failed'::procrastinate_job_status
OR NEW.status = 'succeeded'::procrastinate_job_status
)
THEN 'cancelled'::procrastinate_job_event_type
WHEN OLD.status = 'doing'::procrastinate_job_status
AND NEW.status = 'aborted'::procrastinate_job_status
THEN 'aborted'::procrastinate_job_event_type
WHEN OLD.status = 'failed'::procrastinate_job_status
AND NEW.status = 'todo'::procrastinate_job_status
THEN 'retried'::procrastinate_job_event_type
ELSE NULL
END as event_type
)
INSERT INTO procrastinate_events(job_id, type)
SELECT NEW.id, t.event_type
FROM t
WHERE t.event_type IS NOT NULL;
RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
UPDATE procrastinate_periodic_defers
SET job_id = NULL
WHERE job_id = OLD.id;
RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
DELETE FROM procrastinate_workers
WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
UPDATE procrastinate_workers
SET last_heartbeat = NOW()
WHERE id = worker_id;
END;
$$;
CREATE TABLE public.account_emailaddress (
id integer NOT NULL,
email character varying(254) NOT NULL,
verified boolean NOT NULL,
"primary" boolean NOT NULL,
user_id uuid NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.account_emailaddress_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
id integer NOT NULL,
created timestamp with time zone NOT NULL,
sent timestamp with time zone,
key character varying(64) NOT NULL,
email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.account_emailconfirmation_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.accounts_apitoken (
id uuid NOT NULL,
name character varying(40) NOT NULL,
digest character varying(64) NOT NULL,
ending character varying(8) NOT NULL,
ledgers character varying(60)[] NOT NULL,
acts character varying(8)[] NOT NULL,
made_at timestamp with time zone NOT NULL,
expires_at timestamp with time zone NOT NULL,
revoked_at timestamp with time zone,
user_id uuid NOT NULL
);
CREATE TABLE public.accounts_keptpassword (
id uuid NOT NULL,
password character varying(128) NOT NULL,
replaced_at timestamp with time zone NOT NULL,
user_id uuid NOT NULL
);
CREATE TABLE public.accounts_membership (
id uuid NOT NULL,
role character varying(16) NOT NULL,
valid_from date NOT NULL,
valid_to date,
place_id uuid,
unit_id uuid NOT NULL,
user_id uuid NOT NULL
);
CREATE TABLE public.accounts_setuplink (
id uuid NOT NULL,
digest character varying(64) NOT NULL,
expires_at timestamp with time zone NOT NULL,
used_at timestamp with time zone
);
CREATE TABLE public.accounts_signinevent (
id uuid NOT NULL,
kind character varying(12) NOT NULL,
at timestamp with time zone NOT NULL,
account character varying(40) NOT NULL,
account_key character varying(64) NOT NULL,
address inet,
device character varying(200) NOT NULL,
note character varying(200) NOT NULL,
user_id uuid
);
CREATE TABLE public.accounts_signinrule (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
length smallint NOT NULL,
classes smallint NOT NULL,
remembered smallint NOT NULL,
days smallint NOT NULL,
failures smallint NOT NULL,
address_failures smallint NOT NULL,
window_minutes smallint NOT NULL,
lock_minutes smallint NOT NULL,
second_factor character varying(16)[] NOT NULL,
token_days smallint NOT NULL,
CONSTRAINT accounts_signinrule_address_failures_check CHECK ((address_failures >= 0)),
CONSTRAINT accounts_signinrule_classes_check CHECK ((classes >= 0)),
CONSTRAINT accounts_signinrule_days_check CHECK ((days >= 0)),
CONSTRAINT accounts_signinrule_failures_check CHECK ((failures >= 0)),
CONSTRAINT accounts_signinrule_length_check CHECK ((length >= 0)),
CONSTRAINT accounts_signinrule_lock_minutes_check CHECK ((lock_minutes >= 0)),
CONSTRAINT accounts_signinrule_remembered_check CHECK ((remembered >= 0)),
CONSTRAINT accounts_signinrule_token_days_check CHECK ((token_days >= 0)),
CONSTRAINT accounts_signinrule_window_minutes_check CHECK ((window_minutes >= 0))
);
CREATE TABLE public.accounts_tokenuse (
token_id uuid NOT NULL,
minute timestamp with time zone,
calls integer NOT NULL,
first_at timestamp with time zone,
last_at timestamp with time zone,
address inet,
CONSTRAINT accounts_tokenuse_calls_check CHECK ((calls >= 0))
);
CREATE TABLE public.accounts_user (
password character varying(128) NOT NULL,
last_login timestamp with time zone,
is_superuser boolean NOT NULL,
username character varying(150) NOT NULL,
email character varying(254) NOT NULL,
is_staff boolean NOT NULL,
is_active boolean NOT NULL,
date_joined timestamp with time zone NOT NULL,
id uuid NOT NULL,
name character varying(40) NOT NULL,
must_change_password boolean NOT NULL,
password_changed_at timestamp with time zone
);
CREATE TABLE public.accounts_user_groups (
id bigint NOT NULL,
user_id uuid NOT NULL,
group_id integer NOT NULL
);
ALTER TABLE public.accounts_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.accounts_user_groups_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.accounts_user_user_permissions (
id bigint NOT NULL,
user_id uuid NOT NULL,
permission_id integer NOT NULL
);
ALTER TABLE public.accounts_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.accounts_user_user_permissions_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.appraisal_bulletin (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
number character varying(40) NOT NULL,
title character varying(120) NOT NULL,
state character varying(9) NOT NULL,
version integer NOT NULL,
plan jsonb NOT NULL,
copies character varying(300) NOT NULL,
drafted_by character varying(40) NOT NULL,
drafted_at timestamp with time zone NOT NULL,
issued_by character varying(40) NOT NULL,
issued_at timestamp with time zone,
frozen jsonb,
digest character varying(64) NOT NULL,
withdrawn_by character varying(40) NOT NULL,
withdrawn_at timestamp with time zone,
withdrawal_reason character varying(500) NOT NULL,
owner_unit_id uuid NOT NULL,
pdf_id uuid,
word_id uuid,
CONSTRAINT appraisal_bulletin_issued_is_frozen CHECK ((((state)::text = 'draft'::text) OR ((frozen IS NOT NULL) AND (issued_at IS NOT NULL) AND (pdf_id IS NOT NULL) AND (word_id IS NOT NULL)))),
CONSTRAINT appraisal_bulletin_version_check CHECK ((version >= 0)),
CONSTRAINT appraisal_bulletin_withdrawn_with_reason CHECK (((NOT ((state)::text = 'withdrawn'::text)) OR ((withdrawn_at IS NOT NULL) AND (NOT ((withdrawal_reason)::text = ''::text)))))
);
ALTER TABLE ONLY public.appraisal_bulletin FORCE ROW LEVEL SECURITY;
CREATE TABLE public.appraisal_bulletinfigure (
id uuid NOT NULL,
ordinal smallint NOT NULL,
key character varying(120) NOT NULL,
label character varying(200) NOT NULL,
code character varying(16) NOT NULL,
measure character varying(16) NOT NULL,
period character varying(7) NOT NULL,
side character varying(4) NOT NULL,
"only" jsonb NOT NULL,
value numeric(28,10),
unit character varying(20) NOT NULL,
decimals smallint NOT NULL,
is_signed boolean NOT NULL,
taken_at timestamp with time zone NOT NULL,
kept_value numeric(28,10),
kept_reason character varying(200) NOT NULL,
kept_by character varying(40) NOT NULL,
bulletin_id uuid NOT NULL,
place_scope_id uuid,
unit_scope_id uuid,
CONSTRAINT appraisal_bulletinfigure_decimals_check CHECK ((decimals >= 0)),
CONSTRAINT appraisal_bulletinfigure_ordinal_check CHECK ((ordinal >= 0))
);
ALTER TABLE ONLY public.appraisal_bulletinfigure FORCE ROW LEVEL SECURITY;
CREATE TABLE public.appraisal_bulletinreceipt (
id uuid NOT NULL,
received_by character varying(40) NOT NULL,
received_at timestamp with time zone,
remark character varying(300) NOT NULL,
reminded_at timestamp with time zone,
bulletin_id uuid NOT NULL,
unit_id uuid NOT NULL,
CONSTRAINT appraisal_bulletinreceipt_has_person CHECK (((received_at IS NULL) OR (NOT ((received_by)::text = ''::text))))
);
ALTER TABLE ONLY public.appraisal_bulletinreceipt FORCE ROW LEVEL SECURITY;
CREATE TABLE public.appraisal_bulletintemplate (
id uuid NOT NULL,
side character varying(4) NOT NULL,
name character varying(60) NOT NULL,
uploaded_by character varying(40) NOT NULL,
uploaded_at timestamp with time zone NOT NULL,
file_id uuid NOT NULL
);
ALTER TABLE ONLY public.appraisal_bulletintemplate FORCE ROW LEVEL SECURITY;
CREATE TABLE public.appraisal_indicatortarget (
id uuid NOT NULL,
code character varying(16) NOT NULL,
side character varying(4) NOT NULL,
year smallint NOT NULL,
value numeric(18,4) NOT NULL,
source character varying(200) NOT NULL,
place_id uuid,
unit_id uuid,
CONSTRAINT appraisal_indicatortarget_unit_or_place CHECK (((unit_id IS NULL) OR (place_id IS NULL))),
CONSTRAINT appraisal_indicatortarget_value_check CHECK ((value >= (0)::numeric)),
CONSTRAINT appraisal_indicatortarget_year_check CHECK ((year >= 0))
);
ALTER TABLE ONLY public.appraisal_indicatortarget FORCE ROW LEVEL SECURITY;
CREATE TABLE public.appraisal_narrativeslot (
id uuid NOT NULL,
ordinal smallint NOT NULL,
key character varying(30) NOT NULL,
label character varying(30) NOT NULL,
text text NOT NULL,
edited_by character varying(40) NOT NULL,
edited_at timestamp with time zone,
bulletin_id uuid NOT NULL,
CONSTRAINT appraisal_narrativeslot_ordinal_check CHECK ((ordinal >= 0))
);
ALTER TABLE ONLY public.appraisal_narrativeslot FORCE ROW LEVEL SECURITY;
CREATE TABLE public.auth_group (
id integer NOT NULL,
name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.auth_group_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.auth_group_permissions (
id bigint NOT NULL,
group_id integer NOT NULL,
permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.auth_group_permissions_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.auth_permission (
id integer NOT NULL,
name character varying(255) NOT NULL,
content_type_id integer NOT NULL,
codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.auth_permission_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.django_content_type (
id integer NOT NULL,
app_label character varying(100) NOT NULL,
model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.django_content_type_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.django_migrations (
id bigint NOT NULL,
app character varying(255) NOT NULL,
name character varying(255) NOT NULL,
applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.django_migrations_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.django_session (
session_key character varying(40) NOT NULL,
session_data text NOT NULL,
expire_date timestamp with time zone NOT NULL
);
CREATE VIEW public.every_appraisal_bulletin AS
SELECT id,
side,
owner_unit_id,
period,
number,
title,
state,
version,
plan,
copies,
drafted_by,
drafted_at,
issued_by,
issued_at,
frozen,
digest,
word_id,
pdf_id,
withdrawn_by,
withdrawn_at,
withdrawal_reason,
NULL::boolean AS wall_lock
FROM public.appraisal_bulletin
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE VIEW public.every_appraisal_bulletinfigure AS
SELECT id,
bulletin_id,
ordinal,
key,
label,
code,
measure,
period,
side,
unit_scope_id,
place_scope_id,
"only",
value,
unit,
decimals,
is_signed,
taken_at,
kept_value,
kept_reason,
kept_by,
NULL::boolean AS wall_lock
FROM public.appraisal_bulletinfigure
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE VIEW public.every_appraisal_bulletinreceipt AS
SELECT id,
bulletin_id,
unit_id,
received_by,
received_at,
remark,
reminded_at,
NULL::boolean AS wall_lock
FROM public.appraisal_bulletinreceipt
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE VIEW public.every_appraisal_bulletintemplate AS
SELECT id,
side,
name,
file_id,
uploaded_by,
uploaded_at,
NULL::boolean AS wall_lock
FROM public.appraisal_bulletintemplate
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE VIEW public.every_appraisal_indicatortarget AS
SELECT id,
code,
side,
unit_id,
place_id,
year,
value,
source,
NULL::boolean AS wall_lock
FROM public.appraisal_indicatortarget
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE VIEW public.every_appraisal_narrativeslot AS
SELECT id,
bulletin_id,
ordinal,
key,
label,
text,
edited_by,
edited_at,
NULL::boolean AS wall_lock
FROM public.appraisal_narrativeslot
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.funds_aidagreement (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
number character varying(60) NOT NULL,
amount numeric(18,2) NOT NULL,
signed_on date NOT NULL,
clause character varying(200) NOT NULL,
owner_unit_id uuid NOT NULL,
partner_id uuid NOT NULL,
place_id uuid,
confirmed_at timestamp with time zone,
confirmed_by character varying(120) NOT NULL,
partner_unit_id uuid NOT NULL,
verified_by character varying(120) NOT NULL,
CONSTRAINT funds_aidagreement_amount_check CHECK ((amount > (0)::numeric)),
CONSTRAINT funds_aidagreement_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.funds_aidagreement FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_funds_aidagreement AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
verified_by,
confirmed_at,
confirmed_by,
number,
partner_id,
partner_unit_id,
amount,
signed_on,
clause,
NULL::boolean AS wall_lock
FROM public.funds_aidagreement
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.funds_payment (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
voucher_number character varying(60) NOT NULL,
kind character varying(10) NOT NULL,
amount numeric(18,2) NOT NULL,
paid_on date NOT NULL,
payee character varying(120) NOT NULL,
owner_unit_id uuid NOT NULL,
place_id uuid,
project_id uuid NOT NULL,
CONSTRAINT funds_payment_amount_check CHECK ((amount > (0)::numeric)),
CONSTRAINT funds_payment_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.funds_payment FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_funds_payment AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
project_id,
voucher_number,
kind,
amount,
paid_on,
payee,
NULL::boolean AS wall_lock
FROM public.funds_payment
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.funds_project (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
code character varying(40) NOT NULL,
name character varying(120) NOT NULL,
kind character varying(11) NOT NULL,
content text NOT NULL,
budget numeric(18,2) NOT NULL,
planned_start_on date,
planned_end_on date,
stage character varying(11) NOT NULL,
progress numeric(5,2) NOT NULL,
households integer NOT NULL,
people integer NOT NULL,
ex_poor_people integer NOT NULL,
agreement_id uuid,
owner_unit_id uuid NOT NULL,
place_id uuid,
CONSTRAINT funds_project_budget_check CHECK ((budget > (0)::numeric)),
CONSTRAINT funds_project_ex_poor_people_check CHECK ((ex_poor_people >= 0)),
CONSTRAINT funds_project_ex_poor_within_people CHECK ((ex_poor_people <= people)),
CONSTRAINT funds_project_households_check CHECK ((households >= 0)),
CONSTRAINT funds_project_people_check CHECK ((people >= 0)),
CONSTRAINT funds_project_plan_check CHECK (((planned_end_on IS NULL) OR (planned_start_on IS NULL) OR (planned_end_on >= planned_start_on))),
CONSTRAINT funds_project_progress_check CHECK (((progress >= (0)::numeric) AND (progress <= (100)::numeric))),
CONSTRAINT funds_project_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.funds_project FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_funds_project AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
code,
name,
kind,
agreement_id,
content,
budget,
planned_start_on,
planned_end_on,
stage,
progress,
households,
people,
ex_poor_people,
NULL::boolean AS wall_lock
FROM public.funds_project
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.funds_transferreceived (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
voucher_number character varying(60) NOT NULL,
source_level character varying(8) NOT NULL,
amount numeric(18,2) NOT NULL,
received_on date NOT NULL,
note character varying(200) NOT NULL,
agreement_id uuid,
owner_unit_id uuid NOT NULL,
place_id uuid,
CONSTRAINT funds_transferreceived_amount_check CHECK ((amount > (0)::numeric)),
CONSTRAINT funds_transferreceived_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.funds_transferreceived FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_funds_transferreceived AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
agreement_id,
voucher_number,
source_level,
amount,
received_on,
note,
NULL::boolean AS wall_lock
FROM public.funds_transferreceived
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_amendment (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
row_id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
before jsonb NOT NULL,
after jsonb NOT NULL,
reason character varying(500) NOT NULL,
proposed_at timestamp with time zone NOT NULL,
proposed_by character varying(120) NOT NULL,
decided_at timestamp with time zone,
handled_by character varying(120) NOT NULL,
decision character varying(500) NOT NULL,
owner_unit_id uuid NOT NULL,
agreed_at timestamp with time zone,
agreed_by character varying(120) NOT NULL,
party character varying(11) NOT NULL
);
ALTER TABLE ONLY public.kernel_amendment FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_amendment AS
SELECT id,
ledger,
row_id,
side,
owner_unit_id,
period,
state,
before,
after,
reason,
proposed_at,
proposed_by,
party,
agreed_at,
agreed_by,
decided_at,
handled_by,
decision,
NULL::boolean AS wall_lock
FROM public.kernel_amendment
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_chaincheck (
id uuid NOT NULL,
checked_at timestamp with time zone NOT NULL,
seconds double precision NOT NULL,
blocks bigint NOT NULL,
entries bigint NOT NULL,
is_whole boolean NOT NULL,
finding text NOT NULL
);
ALTER TABLE ONLY public.kernel_chaincheck FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_chaincheck AS
SELECT id,
checked_at,
seconds,
blocks,
entries,
is_whole,
finding,
NULL::boolean AS wall_lock
FROM public.kernel_chaincheck
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_columnmapping (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
fingerprint character varying(64) NOT NULL,
headings jsonb NOT NULL,
updated_at timestamp with time zone NOT NULL,
unit_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_columnmapping FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_columnmapping AS
SELECT id,
unit_id,
ledger,
fingerprint,
headings,
updated_at,
NULL::boolean AS wall_lock
FROM public.kernel_columnmapping
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_evidencecheck (
id bigint NOT NULL,
started_at timestamp with time zone NOT NULL,
ended_at timestamp with time zone,
files integer NOT NULL,
bytes_read bigint NOT NULL,
damaged integer NOT NULL,
CONSTRAINT kernel_evidencecheck_bytes_read_check CHECK ((bytes_read >= 0)),
CONSTRAINT kernel_evidencecheck_damaged_check CHECK ((damaged >= 0)),
CONSTRAINT kernel_evidencecheck_files_check CHECK ((files >= 0))
);
ALTER TABLE ONLY public.kernel_evidencecheck FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_evidencecheck AS
SELECT id,
started_at,
ended_at,
files,
bytes_read,
damaged,
NULL::boolean AS wall_lock
FROM public.kernel_evidencecheck
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_evidencedamage (
id bigint NOT NULL,
found_at timestamp with time zone NOT NULL,
mended_at timestamp with time zone,
file_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_evidencedamage FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_evidencedamage AS
SELECT id,
file_id,
found_at,
mended_at,
NULL::boolean AS wall_lock
FROM public.kernel_evidencedamage
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_evidencefile (
id uuid NOT NULL,
side character varying(4) NOT NULL,
digest character varying(64) NOT NULL,
size bigint NOT NULL,
content_type character varying(120) NOT NULL,
stored_at timestamp with time zone NOT NULL,
latitude numeric(8,6),
longitude numeric(9,6),
shot_at timestamp with time zone,
CONSTRAINT kernel_evidencefile_size_check CHECK ((size >= 0))
);
ALTER TABLE ONLY public.kernel_evidencefile FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_evidencefile AS
SELECT id,
side,
digest,
size,
content_type,
stored_at,
shot_at,
latitude,
longitude,
NULL::boolean AS wall_lock
FROM public.kernel_evidencefile
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_evidencelink (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
row_id uuid NOT NULL,
evidence_class character varying(40) NOT NULL,
name character varying(200) NOT NULL,
attached_at timestamp with time zone NOT NULL,
attached_by character varying(120) NOT NULL,
removed_at timestamp with time zone,
file_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_evidencelink FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_evidencelink AS
SELECT id,
ledger,
row_id,
file_id,
evidence_class,
name,
attached_at,
attached_by,
removed_at,
NULL::boolean AS wall_lock
FROM public.kernel_evidencelink
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_evidencereading (
id uuid NOT NULL,
read_at timestamp with time zone NOT NULL,
read_by character varying(120) NOT NULL,
link_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_evidencereading FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_evidencereading AS
SELECT id,
link_id,
read_at,
read_by,
NULL::boolean AS wall_lock
FROM public.kernel_evidencereading
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_exportreading (
id uuid NOT NULL,
side character varying(4) NOT NULL,
ledger character varying(80) NOT NULL,
fields jsonb NOT NULL,
rows integer NOT NULL,
filters text NOT NULL,
form character varying(8) NOT NULL,
read_at timestamp with time zone NOT NULL,
read_by character varying(120) NOT NULL,
reason character varying(200) NOT NULL,
CONSTRAINT kernel_exportreading_rows_check CHECK ((rows >= 0))
);
ALTER TABLE ONLY public.kernel_exportreading FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_exportreading AS
SELECT id,
side,
ledger,
read_at,
read_by,
reason,
fields,
rows,
filters,
form,
NULL::boolean AS wall_lock
FROM public.kernel_exportreading
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_fieldreading (
id uuid NOT NULL,
side character varying(4) NOT NULL,
ledger character varying(80) NOT NULL,
row_id uuid NOT NULL,
field character varying(64) NOT NULL,
value_index character varying(32) NOT NULL,
read_at timestamp with time zone NOT NULL,
read_by character varying(120) NOT NULL,
reason character varying(200) NOT NULL
);
ALTER TABLE ONLY public.kernel_fieldreading FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_fieldreading AS
SELECT id,
side,
ledger,
read_at,
read_by,
reason,
row_id,
field,
value_index,
NULL::boolean AS wall_lock
FROM public.kernel_fieldreading
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_handover (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
side character varying(4) NOT NULL,
row_ids uuid[] NOT NULL,
givers character varying(500) NOT NULL,
reason character varying(500) NOT NULL,
handed_at timestamp with time zone NOT NULL,
handed_by character varying(120) NOT NULL,
unit_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_handover FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_handover AS
SELECT id,
ledger,
side,
unit_id,
row_ids,
givers,
reason,
handed_at,
handed_by,
NULL::boolean AS wall_lock
FROM public.kernel_handover
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_history (
id bigint NOT NULL,
at timestamp with time zone NOT NULL,
transaction_id bigint NOT NULL,
table_name character varying(63) NOT NULL,
row_id uuid NOT NULL,
operation character varying(6) NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) NOT NULL,
reason character varying(500) NOT NULL,
request_id character varying(64) NOT NULL,
import_id uuid
)
PARTITION BY RANGE (at);
ALTER TABLE ONLY public.kernel_history FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_history AS
SELECT id,
at,
transaction_id,
table_name,
row_id,
operation,
"row",
before,
actor,
reason,
request_id,
import_id,
NULL::boolean AS wall_lock
FROM public.kernel_history
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_import (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
name character varying(200) NOT NULL,
size bigint NOT NULL,
state character varying(8) NOT NULL,
plan_digest character varying(64) NOT NULL,
result jsonb NOT NULL,
created_at timestamp with time zone NOT NULL,
requester_id uuid NOT NULL,
job_id uuid,
undone_at timestamp with time zone,
undone_by_id uuid,
CONSTRAINT kernel_import_size_check CHECK ((size >= 0))
);
ALTER TABLE ONLY public.kernel_import FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_import AS
SELECT id,
ledger,
requester_id,
name,
size,
state,
plan_digest,
result,
job_id,
created_at,
undone_at,
undone_by_id,
NULL::boolean AS wall_lock
FROM public.kernel_import
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_importpart (
id uuid NOT NULL,
"position" smallint NOT NULL,
ledger character varying(80) NOT NULL,
mapping jsonb NOT NULL,
is_mapping_remembered boolean NOT NULL,
plan jsonb NOT NULL,
result jsonb NOT NULL,
upload_id uuid NOT NULL,
unit_id uuid,
CONSTRAINT kernel_importpart_position_check CHECK (("position" >= 0))
);
ALTER TABLE ONLY public.kernel_importpart FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_importpart AS
SELECT id,
upload_id,
"position",
ledger,
unit_id,
mapping,
is_mapping_remembered,
plan,
result,
NULL::boolean AS wall_lock
FROM public.kernel_importpart
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_job (
id uuid NOT NULL,
kind character varying(40) NOT NULL,
label character varying(200) NOT NULL,
arguments jsonb NOT NULL,
state character varying(9) NOT NULL,
done integer NOT NULL,
total integer NOT NULL,
message character varying(1000) NOT NULL,
result jsonb NOT NULL,
is_cancel_requested boolean NOT NULL,
created_at timestamp with time zone NOT NULL,
started_at timestamp with time zone,
ended_at timestamp with time zone,
requester_id uuid NOT NULL,
attempts smallint NOT NULL,
through jsonb NOT NULL,
CONSTRAINT kernel_job_attempts_check CHECK ((attempts >= 0)),
CONSTRAINT kernel_job_done_check CHECK ((done >= 0)),
CONSTRAINT kernel_job_total_check CHECK ((total >= 0))
);
ALTER TABLE ONLY public.kernel_job FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_job AS
SELECT id,
kind,
label,
requester_id,
arguments,
state,
done,
total,
message,
result,
through,
attempts,
is_cancel_requested,
created_at,
started_at,
ended_at,
NULL::boolean AS wall_lock
FROM public.kernel_job
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_keptanswer (
id bigint NOT NULL,
key character varying(200) NOT NULL,
call_digest character varying(64) NOT NULL,
status_code smallint NOT NULL,
answer text NOT NULL,
answered_at timestamp with time zone NOT NULL,
user_id uuid NOT NULL,
CONSTRAINT kernel_keptanswer_status_code_check CHECK ((status_code >= 0))
);
ALTER TABLE ONLY public.kernel_keptanswer FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_keptanswer AS
SELECT id,
user_id,
key,
call_digest,
status_code,
answer,
answered_at,
NULL::boolean AS wall_lock
FROM public.kernel_keptanswer
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_obligation (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
due_on date NOT NULL,
minimum_rows integer NOT NULL,
nil_at timestamp with time zone,
nil_by character varying(120) NOT NULL,
nil_reason character varying(200) NOT NULL,
unit_id uuid NOT NULL,
rule_id uuid NOT NULL,
CONSTRAINT kernel_obligation_minimum_rows_check CHECK ((minimum_rows >= 0))
);
ALTER TABLE ONLY public.kernel_obligation FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_obligation AS
SELECT id,
rule_id,
ledger,
side,
unit_id,
period,
due_on,
minimum_rows,
nil_at,
nil_by,
nil_reason,
NULL::boolean AS wall_lock
FROM public.kernel_obligation
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_obligationrule (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
side character varying(4) NOT NULL,
frequency character varying(7) NOT NULL,
due_days smallint NOT NULL,
minimum_rows integer NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
lock_days smallint,
open_days smallint,
CONSTRAINT kernel_obligationrule_lock_days_check CHECK ((lock_days >= 0)),
CONSTRAINT kernel_obligationrule_minimum_rows_check CHECK ((minimum_rows >= 0))
);
ALTER TABLE ONLY public.kernel_obligationrule FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_obligationrule AS
SELECT id,
ledger,
side,
frequency,
due_days,
open_days,
lock_days,
minimum_rows,
valid_from,
valid_to,
source,
NULL::boolean AS wall_lock
FROM public.kernel_obligationrule
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_obligationruleunit (
id uuid NOT NULL,
rule_id uuid NOT NULL,
unit_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_obligationruleunit FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_obligationruleunit AS
SELECT id,
rule_id,
unit_id,
NULL::boolean AS wall_lock
FROM public.kernel_obligationruleunit
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_periodreopening (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
until timestamp with time zone NOT NULL,
reason character varying(200) NOT NULL,
opened_at timestamp with time zone NOT NULL,
opened_by character varying(120) NOT NULL,
ended_at timestamp with time zone,
ended_by character varying(120) NOT NULL,
unit_id uuid NOT NULL,
CONSTRAINT kernel_periodreopening_until_later CHECK ((until > opened_at))
);
ALTER TABLE ONLY public.kernel_periodreopening FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_periodreopening AS
SELECT id,
ledger,
side,
unit_id,
period,
until,
reason,
opened_at,
opened_by,
ended_at,
ended_by,
NULL::boolean AS wall_lock
FROM public.kernel_periodreopening
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_savedview (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
side character varying(4) NOT NULL,
name character varying(30) NOT NULL,
query text NOT NULL,
audience character varying(4) NOT NULL,
owner_id uuid NOT NULL,
unit_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_savedview FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_savedview AS
SELECT id,
ledger,
owner_id,
unit_id,
side,
name,
query,
audience,
NULL::boolean AS wall_lock
FROM public.kernel_savedview
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.kernel_viewdefault (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
user_id uuid NOT NULL,
view_id uuid NOT NULL
);
ALTER TABLE ONLY public.kernel_viewdefault FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_kernel_viewdefault AS
SELECT id,
user_id,
ledger,
view_id,
NULL::boolean AS wall_lock
FROM public.kernel_viewdefault
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.labour_employmentspell (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
employer_name character varying(120) NOT NULL,
post character varying(40) NOT NULL,
destination character varying(15) NOT NULL,
started_on date NOT NULL,
ended_on date,
has_contract boolean NOT NULL,
is_insured boolean NOT NULL,
channel character varying(9) NOT NULL,
employer_id uuid,
owner_unit_id uuid NOT NULL,
person_id uuid NOT NULL,
place_id uuid,
CONSTRAINT labour_employmentspell_days_check CHECK (((ended_on IS NULL) OR (ended_on >= started_on))),
CONSTRAINT labour_employmentspell_employer_check CHECK (((employer_id IS NOT NULL) OR (NOT ((employer_name)::text = ''::text)))),
CONSTRAINT labour_employmentspell_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.labour_employmentspell FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_labour_employmentspell AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
person_id,
employer_id,
employer_name,
post,
destination,
started_on,
ended_on,
has_contract,
is_insured,
channel,
NULL::boolean AS wall_lock
FROM public.labour_employmentspell
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.labour_monthlyfact (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
is_in_post boolean NOT NULL,
wage numeric(18,2),
owner_unit_id uuid NOT NULL,
place_id uuid,
spell_id uuid NOT NULL,
CONSTRAINT labour_monthlyfact_row_version_check CHECK ((row_version >= 0)),
CONSTRAINT labour_monthlyfact_wage_check CHECK ((is_in_post OR (wage IS NULL)))
);
ALTER TABLE ONLY public.labour_monthlyfact FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_labour_monthlyfact AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
spell_id,
is_in_post,
wage,
NULL::boolean AS wall_lock
FROM public.labour_monthlyfact
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.labour_workerregistration (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
status character varying(13) NOT NULL,
wish character varying(8) NOT NULL,
education character varying(8) NOT NULL,
skills character varying(200) NOT NULL,
registered_on date NOT NULL,
last_contact_on date,
owner_unit_id uuid NOT NULL,
person_id uuid NOT NULL,
place_id uuid,
CONSTRAINT labour_workerregistration_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.labour_workerregistration FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_labour_workerregistration AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
person_id,
status,
wish,
education,
skills,
registered_on,
last_contact_on,
NULL::boolean AS wall_lock
FROM public.labour_workerregistration
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.parties_body (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
name character varying(120) NOT NULL,
credit_code character varying(18) NOT NULL,
kind character varying(11) NOT NULL,
address character varying(200) NOT NULL,
place_id uuid,
owner_unit_id uuid NOT NULL,
pinyin character varying(120) NOT NULL,
initials character varying(40) NOT NULL,
CONSTRAINT parties_body_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.parties_body FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_parties_body AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
name,
credit_code,
kind,
address,
pinyin,
initials,
NULL::boolean AS wall_lock
FROM public.parties_body
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.parties_person (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
identity_number text NOT NULL,
name character varying(40) NOT NULL,
sex character varying(6) NOT NULL,
born_on date,
category character varying(14) NOT NULL,
is_relocated boolean NOT NULL,
phone text NOT NULL,
pinyin character varying(120) NOT NULL,
identity_number_index character varying(32),
phone_index character varying(32),
place_id uuid,
owner_unit_id uuid NOT NULL,
initials character varying(40) NOT NULL,
CONSTRAINT parties_person_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.parties_person FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_parties_person AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
identity_number,
name,
sex,
born_on,
category,
is_relocated,
phone,
pinyin,
initials,
identity_number_index,
phone_index,
NULL::boolean AS wall_lock
FROM public.parties_person
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_duty (
id uuid NOT NULL,
name character varying(120) NOT NULL,
role character varying(7) NOT NULL,
start integer,
"end" integer,
group_id uuid,
unit_id uuid,
task_id uuid NOT NULL,
CONSTRAINT scheme_duty_end_check CHECK (("end" >= 0)),
CONSTRAINT scheme_duty_start_check CHECK ((start >= 0)),
CONSTRAINT scheme_duty_unit_or_group CHECK (((unit_id IS NULL) OR (group_id IS NULL)))
);
ALTER TABLE ONLY public.scheme_duty FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_duty AS
SELECT id,
task_id,
unit_id,
group_id,
name,
role,
start,
"end",
NULL::boolean AS wall_lock
FROM public.scheme_duty
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_progressreport (
id uuid NOT NULL,
side character varying(4) NOT NULL,
period character varying(7) NOT NULL,
state character varying(9) NOT NULL,
sharing character varying(7) NOT NULL,
row_version integer NOT NULL,
submitted_at timestamp with time zone,
submitted_by character varying(120) NOT NULL,
verified_at timestamp with time zone,
return_reason character varying(500) NOT NULL,
import_id uuid,
extra jsonb NOT NULL,
narrative text NOT NULL,
percent numeric(5,2),
next_steps text NOT NULL,
owner_unit_id uuid NOT NULL,
place_id uuid,
task_id uuid NOT NULL,
CONSTRAINT scheme_progressreport_row_version_check CHECK ((row_version >= 0))
);
ALTER TABLE ONLY public.scheme_progressreport FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_progressreport AS
SELECT id,
side,
owner_unit_id,
place_id,
period,
state,
sharing,
row_version,
submitted_at,
submitted_by,
verified_at,
return_reason,
import_id,
extra,
task_id,
narrative,
percent,
next_steps,
NULL::boolean AS wall_lock
FROM public.scheme_progressreport
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_question (
id uuid NOT NULL,
kind character varying(16) NOT NULL,
name character varying(120) NOT NULL,
likeness character varying(120) NOT NULL,
text character varying(500) NOT NULL,
reason character varying(500) NOT NULL,
start integer NOT NULL,
"end" integer NOT NULL,
answer character varying(7) NOT NULL,
answered_by character varying(120) NOT NULL,
answered_at timestamp with time zone,
unit_id uuid,
version_id uuid NOT NULL,
CONSTRAINT scheme_question_end_check CHECK (("end" >= 0)),
CONSTRAINT scheme_question_start_check CHECK ((start >= 0))
);
ALTER TABLE ONLY public.scheme_question FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_question AS
SELECT id,
version_id,
kind,
name,
likeness,
text,
reason,
start,
"end",
answer,
unit_id,
answered_by,
answered_at,
NULL::boolean AS wall_lock
FROM public.scheme_question
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_scheme (
id uuid NOT NULL,
side character varying(4) NOT NULL,
sharing character varying(7) NOT NULL,
title character varying(300) NOT NULL,
number character varying(80) NOT NULL,
issuer character varying(200) NOT NULL,
dated_on date,
addressees jsonb NOT NULL,
reports_since date NOT NULL,
due_days smallint NOT NULL
);
ALTER TABLE ONLY public.scheme_scheme FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_scheme AS
SELECT id,
side,
sharing,
title,
number,
issuer,
dated_on,
addressees,
reports_since,
due_days,
NULL::boolean AS wall_lock
FROM public.scheme_scheme
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_schemeversion (
id uuid NOT NULL,
ordinal smallint NOT NULL,
state character varying(8) NOT NULL,
edition integer NOT NULL,
started_at timestamp with time zone NOT NULL,
saved_at timestamp with time zone,
saved_by character varying(120) NOT NULL,
scheme_id uuid NOT NULL,
document_id uuid NOT NULL,
CONSTRAINT scheme_schemeversion_edition_check CHECK ((edition >= 0)),
CONSTRAINT scheme_schemeversion_ordinal_check CHECK ((ordinal >= 0))
);
ALTER TABLE ONLY public.scheme_schemeversion FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_schemeversion AS
SELECT id,
scheme_id,
document_id,
ordinal,
state,
edition,
started_at,
saved_at,
saved_by,
NULL::boolean AS wall_lock
FROM public.scheme_schemeversion
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_section (
id uuid NOT NULL,
path character varying(60) NOT NULL,
heading character varying(300) NOT NULL,
text text NOT NULL,
start integer NOT NULL,
"end" integer NOT NULL,
parent_id uuid,
version_id uuid NOT NULL,
CONSTRAINT scheme_section_end_check CHECK (("end" >= 0)),
CONSTRAINT scheme_section_span_check CHECK (("end" > start)),
CONSTRAINT scheme_section_start_check CHECK ((start >= 0))
);
ALTER TABLE ONLY public.scheme_section FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_section AS
SELECT id,
version_id,
parent_id,
path,
heading,
text,
start,
"end",
NULL::boolean AS wall_lock
FROM public.scheme_section
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_sourcedocument (
id uuid NOT NULL,
name character varying(200) NOT NULL,
text text NOT NULL,
parsed jsonb NOT NULL
);
ALTER TABLE ONLY public.scheme_sourcedocument FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_sourcedocument AS
SELECT id,
name,
text,
parsed,
NULL::boolean AS wall_lock
FROM public.scheme_sourcedocument
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.scheme_task (
id uuid NOT NULL,
path character varying(60) NOT NULL,
title character varying(300) NOT NULL,
frequency character varying(9) NOT NULL,
due_on date,
ledgers character varying(80)[] NOT NULL,
indicators character varying(16)[] NOT NULL,
previous_id uuid,
scheme_id uuid NOT NULL,
section_id uuid NOT NULL,
CONSTRAINT scheme_task_once_needs_due CHECK (((NOT ((frequency)::text = 'once'::text)) OR (due_on IS NOT NULL)))
);
ALTER TABLE ONLY public.scheme_task FORCE ROW LEVEL SECURITY;
CREATE VIEW public.every_scheme_task AS
SELECT id,
scheme_id,
section_id,
previous_id,
path,
title,
frequency,
due_on,
ledgers,
indicators,
NULL::boolean AS wall_lock
FROM public.scheme_task
WHERE ( SELECT public.kernel_wall_is_told() AS kernel_wall_is_told);
CREATE TABLE public.funds_progressbar (
id uuid NOT NULL,
year smallint NOT NULL,
month smallint NOT NULL,
percent numeric(5,2) NOT NULL,
source character varying(200) NOT NULL,
CONSTRAINT funds_progressbar_month_check CHECK ((month >= 0)),
CONSTRAINT funds_progressbar_month_range CHECK (((month >= 1) AND (month <= 12))),
CONSTRAINT funds_progressbar_year_check CHECK ((year >= 0))
);
CREATE TABLE public.funds_stagemove (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
stage character varying(11) NOT NULL,
next_stage character varying(11) NOT NULL,
decided_by character varying(120) NOT NULL
);
CREATE TABLE public.funds_threshold (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
code character varying(20) NOT NULL,
value numeric(12,2) NOT NULL
);
CREATE TABLE public.kernel_archivedmonth (
id uuid NOT NULL,
month character varying(6) NOT NULL,
name character varying(80) NOT NULL,
digest character varying(64) NOT NULL,
entries bigint NOT NULL,
archived_at timestamp with time zone NOT NULL
);
CREATE TABLE public.kernel_customfield (
id uuid NOT NULL,
ledger character varying(80) NOT NULL,
key character varying(10) NOT NULL,
title character varying(30) NOT NULL,
kind character varying(12) NOT NULL,
measure_unit character varying(10) NOT NULL,
decimals smallint,
options jsonb NOT NULL,
help character varying(200) NOT NULL,
is_required boolean NOT NULL,
is_personal boolean NOT NULL,
is_listed boolean NOT NULL,
ordinal smallint NOT NULL,
retired_at timestamp with time zone,
revision integer NOT NULL,
unit_id uuid NOT NULL,
CONSTRAINT kernel_customfield_decimals_check CHECK ((decimals >= 0)),
CONSTRAINT kernel_customfield_ordinal_check CHECK ((ordinal >= 0)),
CONSTRAINT kernel_customfield_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.kernel_evidencecheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.kernel_evidencecheck_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
ALTER TABLE public.kernel_evidencedamage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.kernel_evidencedamage_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.kernel_history_202611 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202611 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202612 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202612 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202701 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202701 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202702 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202702 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202703 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202703 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202704 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202704 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202705 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202705 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202706 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202706 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202707 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202707 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202708 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202708 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202709 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202709 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202710 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202710 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202711 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202711 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202712 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202712 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_202801 (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_202801 FORCE ROW LEVEL SECURITY;
CREATE TABLE public.kernel_history_default (
id bigint CONSTRAINT kernel_history_id_not_null NOT NULL,
at timestamp with time zone CONSTRAINT kernel_history_at_not_null NOT NULL,
transaction_id bigint CONSTRAINT kernel_history_transaction_id_not_null NOT NULL,
table_name character varying(63) CONSTRAINT kernel_history_table_name_not_null NOT NULL,
row_id uuid CONSTRAINT kernel_history_row_id_not_null NOT NULL,
operation character varying(6) CONSTRAINT kernel_history_operation_not_null NOT NULL,
"row" jsonb,
before jsonb,
actor character varying(120) CONSTRAINT kernel_history_actor_not_null NOT NULL,
reason character varying(500) CONSTRAINT kernel_history_reason_not_null NOT NULL,
request_id character varying(64) CONSTRAINT kernel_history_request_id_not_null NOT NULL,
import_id uuid
);
ALTER TABLE ONLY public.kernel_history_default FORCE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
SEQUENCE NAME public.kernel_history_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.kernel_historyretention (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
kept_months smallint NOT NULL,
CONSTRAINT kernel_historyretention_kept_months_check CHECK ((kept_months >= 0)),
CONSTRAINT kernel_historyretention_law CHECK ((kept_months >= 6))
);
CREATE TABLE public.kernel_installation (
id smallint NOT NULL,
is_demonstration boolean NOT NULL,
created_at timestamp with time zone NOT NULL,
CONSTRAINT kernel_installation_id_check CHECK ((id >= 0)),
CONSTRAINT kernel_installation_single CHECK ((id = 1))
);
ALTER TABLE public.kernel_keptanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.kernel_keptanswer_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.labour_destinationgroup (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
destination character varying(15) NOT NULL,
"group" character varying(6) NOT NULL
);
CREATE TABLE public.labour_threshold (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
code character varying(20) NOT NULL,
value numeric(12,2) NOT NULL
);
CREATE TABLE public.mfa_authenticator (
id bigint NOT NULL,
type character varying(20) NOT NULL,
data jsonb NOT NULL,
user_id uuid NOT NULL,
created_at timestamp with time zone NOT NULL,
last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.mfa_authenticator_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.parties_groupmember (
id uuid NOT NULL,
valid_from date NOT NULL,
valid_to date,
unit_id uuid NOT NULL,
group_id uuid NOT NULL
);
CREATE TABLE public.parties_unit (
id uuid NOT NULL,
code character varying(32) NOT NULL,
path public.ltree NOT NULL,
name character varying(80) NOT NULL,
short_name character varying(40) NOT NULL,
kind character varying(12) NOT NULL,
side character varying(4) NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(120) NOT NULL,
pinyin character varying(200) NOT NULL,
initials character varying(40) NOT NULL,
parent_id uuid,
place_id uuid
);
CREATE TABLE public.parties_unitalias (
id uuid NOT NULL,
name character varying(80) NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(200) NOT NULL,
unit_id uuid NOT NULL
);
CREATE TABLE public.parties_unitgroup (
id uuid NOT NULL,
name character varying(80) NOT NULL,
side character varying(4) NOT NULL
);
CREATE TABLE public.places_place (
id uuid NOT NULL,
code character varying(32) NOT NULL,
path public.ltree NOT NULL,
name character varying(80) NOT NULL,
level character varying(8) NOT NULL,
side character varying(4) NOT NULL,
valid_from date NOT NULL,
valid_to date,
source character varying(120) NOT NULL,
pinyin character varying(200) NOT NULL,
initials character varying(40) NOT NULL,
parent_id uuid
);
CREATE TABLE public.procrastinate_events (
id bigint NOT NULL,
job_id bigint NOT NULL,
type public.procrastinate_job_event_type,
at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
id bigint NOT NULL,
task_name character varying(128) NOT NULL,
defer_timestamp bigint,
job_id bigint,
periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
id bigint NOT NULL,
last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
SEQUENCE NAME public.procrastinate_workers_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
CREATE TABLE public.shanhai_cache (
cache_key character varying(255) NOT NULL,
value text NOT NULL,
expires timestamp with time zone NOT NULL
);
CREATE TABLE public.usersessions_usersession (
id bigint NOT NULL,
created_at timestamp with time zone NOT NULL,
ip inet NOT NULL,
last_seen_at timestamp with time zone NOT NULL,
session_key character varying(40) NOT NULL,
user_agent character varying(200) NOT NULL,
data jsonb NOT NULL,
user_id uuid NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
SEQUENCE NAME public.usersessions_usersession_id_seq
START WITH 1
INCREMENT BY 1
NO MINVALUE
NO MAXVALUE
CACHE 1
);
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202611 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202612 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202701 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202702 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202703 FOR VALUES FROM ('2027-03-01 00:00:00+00') TO ('2027-04-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202704 FOR VALUES FROM ('2027-04-01 00:00:00+00') TO ('2027-05-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202705 FOR VALUES FROM ('2027-05-01 00:00:00+00') TO ('2027-06-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202706 FOR VALUES FROM ('2027-06-01 00:00:00+00') TO ('2027-07-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202707 FOR VALUES FROM ('2027-07-01 00:00:00+00') TO ('2027-08-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202708 FOR VALUES FROM ('2027-08-01 00:00:00+00') TO ('2027-09-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202709 FOR VALUES FROM ('2027-09-01 00:00:00+00') TO ('2027-10-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202710 FOR VALUES FROM ('2027-10-01 00:00:00+00') TO ('2027-11-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202711 FOR VALUES FROM ('2027-11-01 00:00:00+00') TO ('2027-12-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202712 FOR VALUES FROM ('2027-12-01 00:00:00+00') TO ('2028-01-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_202801 FOR VALUES FROM ('2028-01-01 00:00:00+00') TO ('2028-02-01 00:00:00+00');
ALTER TABLE ONLY public.kernel_history ATTACH PARTITION public.kernel_history_default DEFAULT;
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.accounts_apitoken VALUES
	('01a21c93-5889-7447-966b-8a0032757f82', '取数', 'ba751c0c81fb827c0785ccb2c41a9ea9c70edaf020ea3c0d3733ad4c8f122ef8', 'rill', '{labour.employmentspell}', '{view}', '2026-11-27 10:35:48.233184+00', '2026-12-27 10:35:48.232968+00', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b');
INSERT INTO public.accounts_membership VALUES
	('01a21c93-4b10-7208-90c4-5027143a1460', 'reporter', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-4aee-7502-8967-c1e635f4e38b'),
	('01a21c93-4b10-7208-90c4-50289bf29eed', 'reporter', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f16a3467a8cd', '01a21c93-4aee-7502-8967-c1e72a996095'),
	('01a21c93-4b10-7208-90c4-5029fc2e291b', 'verifier', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-4aee-7502-8967-c1e8ddc76e70'),
	('01a21c93-4b10-7208-90c4-502abb0e0923', 'coordinator', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f1682df1f97b', '01a21c93-4aee-7502-8967-c1e9a66aad1a'),
	('01a21c93-4b10-7208-90c4-502b5481ba94', 'auditor', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f1682df1f97b', '01a21c93-4aee-7502-8967-c1eabf06a729'),
	('01a21c93-4b10-7208-90c4-502ccd723078', 'leader', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f1682df1f97b', '01a21c93-4aee-7502-8967-c1eb09e6ee89'),
	('01a21c93-4b10-7208-90c4-502da32dd47e', 'reporter', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-4aee-7502-8967-c1ec32e6ab88'),
	('01a21c93-4b11-7770-8858-dd083eae90de', 'coordinator', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f16c114d333e', '01a21c93-4aee-7502-8967-c1edaec3037b'),
	('01a21c93-4b11-7770-8858-dd090e14719e', 'verifier', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-4aee-7502-8967-c1eeba09453a'),
	('01a21c93-4b11-7770-8858-dd0a13b5daa0', 'auditor', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f16c114d333e', '01a21c93-4aef-770a-9044-53ea681421db'),
	('01a21c93-4b11-7770-8858-dd0b3b71ccd0', 'administrator', '2020-01-01', NULL, NULL, '01a21c93-3fc4-717b-8567-f1682df1f97b', '01a21c93-4aef-770a-9044-53ebad801244');
INSERT INTO public.accounts_signinrule VALUES
	('d3ad0191-2299-573c-8e6b-9e765c568d10', '2019-12-01', NULL, 'GB/T 22239-2019《网络安全等级保护基本要求》8.1.4.1 身份鉴别；数值为系统默认，以本单位规定为准', 10, 3, 5, 90, 5, 50, 15, 15, '{}', 90);
INSERT INTO public.accounts_tokenuse VALUES
	('01a21c93-5889-7447-966b-8a0032757f82', NULL, 0, NULL, NULL, NULL);
INSERT INTO public.accounts_user VALUES
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'alice', '', false, true, '2026-11-27 10:35:44.750679+00', '01a21c93-4aee-7502-8967-c1e635f4e38b', 'alice', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'anna', '', false, true, '2026-11-27 10:35:44.750764+00', '01a21c93-4aee-7502-8967-c1e72a996095', 'anna', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'victor', '', false, true, '2026-11-27 10:35:44.750801+00', '01a21c93-4aee-7502-8967-c1e8ddc76e70', 'victor', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'carol', '', false, true, '2026-11-27 10:35:44.750834+00', '01a21c93-4aee-7502-8967-c1e9a66aad1a', 'carol', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'dave', '', false, true, '2026-11-27 10:35:44.750867+00', '01a21c93-4aee-7502-8967-c1eabf06a729', 'dave', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'lily', '', false, true, '2026-11-27 10:35:44.750898+00', '01a21c93-4aee-7502-8967-c1eb09e6ee89', 'lily', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'bob', '', false, true, '2026-11-27 10:35:44.750931+00', '01a21c93-4aee-7502-8967-c1ec32e6ab88', 'bob', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'wang', '', false, true, '2026-11-27 10:35:44.750961+00', '01a21c93-4aee-7502-8967-c1edaec3037b', 'wang', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'vera', '', false, true, '2026-11-27 10:35:44.750992+00', '01a21c93-4aee-7502-8967-c1eeba09453a', 'vera', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'ruth', '', false, true, '2026-11-27 10:35:44.75102+00', '01a21c93-4aef-770a-9044-53ea681421db', 'ruth', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'root', '', false, true, '2026-11-27 10:35:44.751049+00', '01a21c93-4aef-770a-9044-53ebad801244', 'root', false, NULL),
	('pbkdf2_sha256$1500000$Dn2h3uvhYotwRLs2IyAhzN$y8EAg69NdQ/c7QDVQJ6B7KYeJxL4vhh4WUPL4ayeIL4=', NULL, false, 'eve', '', false, true, '2026-11-27 10:35:44.751081+00', '01a21c93-4aef-770a-9044-53ec592d58e6', 'eve', false, NULL);
INSERT INTO public.appraisal_indicatortarget VALUES
	('01a21c93-5870-7742-b9a2-c380cc5d2f84', 'FUN-1', 'east', 2021, 7.0000, '协议', NULL, NULL),
	('01a21c93-5878-73fc-b0b9-7f6766544ddb', 'FUN-1', 'west', 2021, 7.0000, '协议', NULL, NULL);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add permission', 2, 'add_permission'),
	(2, 'Can change permission', 2, 'change_permission'),
	(3, 'Can delete permission', 2, 'delete_permission'),
	(4, 'Can view permission', 2, 'view_permission'),
	(5, 'Can add group', 1, 'add_group'),
	(6, 'Can change group', 1, 'change_group'),
	(7, 'Can delete group', 1, 'delete_group'),
	(8, 'Can view group', 1, 'view_group'),
	(9, 'Can add content type', 3, 'add_contenttype'),
	(10, 'Can change content type', 3, 'change_contenttype'),
	(11, 'Can delete content type', 3, 'delete_contenttype'),
	(12, 'Can view content type', 3, 'view_contenttype'),
	(13, 'Can add session', 4, 'add_session'),
	(14, 'Can change session', 4, 'change_session'),
	(15, 'Can delete session', 4, 'delete_session'),
	(16, 'Can view session', 4, 'view_session'),
	(17, 'Can add email address', 5, 'add_emailaddress'),
	(18, 'Can change email address', 5, 'change_emailaddress'),
	(19, 'Can delete email address', 5, 'delete_emailaddress'),
	(20, 'Can view email address', 5, 'view_emailaddress'),
	(21, 'Can add email confirmation', 6, 'add_emailconfirmation'),
	(22, 'Can change email confirmation', 6, 'change_emailconfirmation'),
	(23, 'Can delete email confirmation', 6, 'delete_emailconfirmation'),
	(24, 'Can view email confirmation', 6, 'view_emailconfirmation'),
	(25, 'Can add user session', 7, 'add_usersession'),
	(26, 'Can change user session', 7, 'change_usersession'),
	(27, 'Can delete user session', 7, 'delete_usersession'),
	(28, 'Can view user session', 7, 'view_usersession'),
	(29, 'Can add authenticator', 8, 'add_authenticator'),
	(30, 'Can change authenticator', 8, 'change_authenticator'),
	(31, 'Can delete authenticator', 8, 'delete_authenticator'),
	(32, 'Can view authenticator', 8, 'view_authenticator'),
	(33, 'Can add procrastinate event', 9, 'add_procrastinateevent'),
	(34, 'Can change procrastinate event', 9, 'change_procrastinateevent'),
	(35, 'Can delete procrastinate event', 9, 'delete_procrastinateevent'),
	(36, 'Can view procrastinate event', 9, 'view_procrastinateevent'),
	(37, 'Can add procrastinate job', 10, 'add_procrastinatejob'),
	(38, 'Can change procrastinate job', 10, 'change_procrastinatejob'),
	(39, 'Can delete procrastinate job', 10, 'delete_procrastinatejob'),
	(40, 'Can view procrastinate job', 10, 'view_procrastinatejob'),
	(41, 'Can add procrastinate periodic defer', 11, 'add_procrastinateperiodicdefer'),
	(42, 'Can change procrastinate periodic defer', 11, 'change_procrastinateperiodicdefer'),
	(43, 'Can delete procrastinate periodic defer', 11, 'delete_procrastinateperiodicdefer'),
	(44, 'Can view procrastinate periodic defer', 11, 'view_procrastinateperiodicdefer'),
	(45, 'Can add procrastinate worker', 12, 'add_procrastinateworker'),
	(46, 'Can change procrastinate worker', 12, 'change_procrastinateworker'),
	(47, 'Can delete procrastinate worker', 12, 'delete_procrastinateworker'),
	(48, 'Can view procrastinate worker', 12, 'view_procrastinateworker'),
	(49, 'Can add 修改记录', 26, 'add_historyentry'),
	(50, 'Can change 修改记录', 26, 'change_historyentry'),
	(51, 'Can delete 修改记录', 26, 'delete_historyentry'),
	(52, 'Can view 修改记录', 26, 'view_historyentry'),
	(53, 'Can add 应报规则', 34, 'add_obligationrule'),
	(54, 'Can change 应报规则', 34, 'change_obligationrule'),
	(55, 'Can delete 应报规则', 34, 'delete_obligationrule'),
	(56, 'Can view 应报规则', 34, 'view_obligationrule'),
	(57, 'Can add 佐证文件', 20, 'add_evidencefile'),
	(58, 'Can change 佐证文件', 20, 'change_evidencefile'),
	(59, 'Can delete 佐证文件', 20, 'delete_evidencefile'),
	(60, 'Can view 佐证文件', 20, 'view_evidencefile'),
	(61, 'Can add installation', 30, 'add_installation'),
	(62, 'Can change installation', 30, 'change_installation'),
	(63, 'Can delete installation', 30, 'delete_installation'),
	(64, 'Can view installation', 30, 'view_installation'),
	(65, 'Can add 佐证', 21, 'add_evidencelink'),
	(66, 'Can change 佐证', 21, 'change_evidencelink'),
	(67, 'Can delete 佐证', 21, 'delete_evidencelink'),
	(68, 'Can view 佐证', 21, 'view_evidencelink'),
	(69, 'Can add 应报事项', 33, 'add_obligation'),
	(70, 'Can change 应报事项', 33, 'change_obligation'),
	(71, 'Can delete 应报事项', 33, 'delete_obligation'),
	(72, 'Can view 应报事项', 33, 'view_obligation'),
	(73, 'Can add 应报单位', 35, 'add_obligationruleunit'),
	(74, 'Can change 应报单位', 35, 'change_obligationruleunit'),
	(75, 'Can delete 应报单位', 35, 'delete_obligationruleunit'),
	(76, 'Can view 应报单位', 35, 'view_obligationruleunit'),
	(77, 'Can add 佐证查阅', 22, 'add_evidencereading'),
	(78, 'Can change 佐证查阅', 22, 'change_evidencereading'),
	(79, 'Can delete 佐证查阅', 22, 'delete_evidencereading'),
	(80, 'Can view 佐证查阅', 22, 'view_evidencereading'),
	(81, 'Can add 后台任务', 31, 'add_job'),
	(82, 'Can change 后台任务', 31, 'change_job'),
	(83, 'Can delete 后台任务', 31, 'delete_job'),
	(84, 'Can view 后台任务', 31, 'view_job'),
	(85, 'Can add 导入', 28, 'add_import'),
	(86, 'Can change 导入', 28, 'change_import'),
	(87, 'Can delete 导入', 28, 'delete_import'),
	(88, 'Can view 导入', 28, 'view_import'),
	(89, 'Can add 期次重开', 36, 'add_periodreopening'),
	(90, 'Can change 期次重开', 36, 'change_periodreopening'),
	(91, 'Can delete 期次重开', 36, 'delete_periodreopening'),
	(92, 'Can view 期次重开', 36, 'view_periodreopening'),
	(93, 'Can add 更正', 13, 'add_amendment'),
	(94, 'Can change 更正', 13, 'change_amendment'),
	(95, 'Can delete 更正', 13, 'delete_amendment'),
	(96, 'Can view 更正', 13, 'view_amendment'),
	(97, 'Can add 移交', 25, 'add_handover'),
	(98, 'Can change 移交', 25, 'change_handover'),
	(99, 'Can delete 移交', 25, 'delete_handover'),
	(100, 'Can view 移交', 25, 'view_handover'),
	(101, 'Can add 导入时列的对应', 16, 'add_columnmapping'),
	(102, 'Can change 导入时列的对应', 16, 'change_columnmapping'),
	(103, 'Can delete 导入时列的对应', 16, 'delete_columnmapping'),
	(104, 'Can view 导入时列的对应', 16, 'view_columnmapping'),
	(105, 'Can add 敏感信息查阅', 24, 'add_fieldreading'),
	(106, 'Can change 敏感信息查阅', 24, 'change_fieldreading'),
	(107, 'Can delete 敏感信息查阅', 24, 'delete_fieldreading'),
	(108, 'Can view 敏感信息查阅', 24, 'view_fieldreading'),
	(109, 'Can add 佐证检查', 18, 'add_evidencecheck'),
	(110, 'Can change 佐证检查', 18, 'change_evidencecheck'),
	(111, 'Can delete 佐证检查', 18, 'delete_evidencecheck'),
	(112, 'Can view 佐证检查', 18, 'view_evidencecheck'),
	(113, 'Can add 佐证损坏', 19, 'add_evidencedamage'),
	(114, 'Can change 佐证损坏', 19, 'change_evidencedamage'),
	(115, 'Can delete 佐证损坏', 19, 'delete_evidencedamage'),
	(116, 'Can view 佐证损坏', 19, 'view_evidencedamage'),
	(117, 'Can add 列表视图', 37, 'add_savedview'),
	(118, 'Can change 列表视图', 37, 'change_savedview'),
	(119, 'Can delete 列表视图', 37, 'delete_savedview'),
	(120, 'Can view 列表视图', 37, 'view_savedview'),
	(121, 'Can add 默认视图', 39, 'add_viewdefault'),
	(122, 'Can change 默认视图', 39, 'change_viewdefault'),
	(123, 'Can delete 默认视图', 39, 'delete_viewdefault'),
	(124, 'Can view 默认视图', 39, 'view_viewdefault'),
	(125, 'Can add 接口答复', 32, 'add_keptanswer'),
	(126, 'Can change 接口答复', 32, 'change_keptanswer'),
	(127, 'Can delete 接口答复', 32, 'delete_keptanswer'),
	(128, 'Can view 接口答复', 32, 'view_keptanswer'),
	(129, 'Can add 导入的一部分', 29, 'add_importpart'),
	(130, 'Can change 导入的一部分', 29, 'change_importpart'),
	(131, 'Can delete 导入的一部分', 29, 'delete_importpart'),
	(132, 'Can view 导入的一部分', 29, 'view_importpart'),
	(133, 'Can add 敏感信息导出', 23, 'add_exportreading'),
	(134, 'Can change 敏感信息导出', 23, 'change_exportreading'),
	(135, 'Can delete 敏感信息导出', 23, 'delete_exportreading'),
	(136, 'Can view 敏感信息导出', 23, 'view_exportreading'),
	(137, 'Can add 自定义字段', 17, 'add_customfield'),
	(138, 'Can change 自定义字段', 17, 'change_customfield'),
	(139, 'Can delete 自定义字段', 17, 'delete_customfield'),
	(140, 'Can view 自定义字段', 17, 'view_customfield'),
	(141, 'Can add 历史归档', 14, 'add_archivedmonth'),
	(142, 'Can change 历史归档', 14, 'change_archivedmonth'),
	(143, 'Can delete 历史归档', 14, 'delete_archivedmonth'),
	(144, 'Can view 历史归档', 14, 'view_archivedmonth'),
	(145, 'Can add 封存验证', 15, 'add_chaincheck'),
	(146, 'Can change 封存验证', 15, 'change_chaincheck'),
	(147, 'Can delete 封存验证', 15, 'delete_chaincheck'),
	(148, 'Can view 封存验证', 15, 'view_chaincheck'),
	(149, 'Can add 封存区块', 38, 'add_sealblock'),
	(150, 'Can change 封存区块', 38, 'change_sealblock'),
	(151, 'Can delete 封存区块', 38, 'delete_sealblock'),
	(152, 'Can view 封存区块', 38, 'view_sealblock'),
	(153, 'Can add 历史保存期', 27, 'add_historyretention'),
	(154, 'Can change 历史保存期', 27, 'change_historyretention'),
	(155, 'Can delete 历史保存期', 27, 'delete_historyretention'),
	(156, 'Can view 历史保存期', 27, 'view_historyretention'),
	(157, 'Can add 地区', 40, 'add_place'),
	(158, 'Can change 地区', 40, 'change_place'),
	(159, 'Can delete 地区', 40, 'delete_place'),
	(160, 'Can view 地区', 40, 'view_place'),
	(161, 'Can add 单位', 44, 'add_unit'),
	(162, 'Can change 单位', 44, 'change_unit'),
	(163, 'Can delete 单位', 44, 'delete_unit'),
	(164, 'Can view 单位', 44, 'view_unit'),
	(165, 'Can add 人员', 43, 'add_person'),
	(166, 'Can change 人员', 43, 'change_person'),
	(167, 'Can delete 人员', 43, 'delete_person'),
	(168, 'Can view 人员', 43, 'view_person'),
	(169, 'Can add 企业与其他主体', 41, 'add_body'),
	(170, 'Can change 企业与其他主体', 41, 'change_body'),
	(171, 'Can delete 企业与其他主体', 41, 'delete_body'),
	(172, 'Can view 企业与其他主体', 41, 'view_body'),
	(173, 'Can add 单位别名', 45, 'add_unitalias'),
	(174, 'Can change 单位别名', 45, 'change_unitalias'),
	(175, 'Can delete 单位别名', 45, 'delete_unitalias'),
	(176, 'Can view 单位别名', 45, 'view_unitalias'),
	(177, 'Can add 单位组', 46, 'add_unitgroup'),
	(178, 'Can change 单位组', 46, 'change_unitgroup'),
	(179, 'Can delete 单位组', 46, 'delete_unitgroup'),
	(180, 'Can view 单位组', 46, 'view_unitgroup'),
	(181, 'Can add 单位组成员', 42, 'add_groupmember'),
	(182, 'Can change 单位组成员', 42, 'change_groupmember'),
	(183, 'Can delete 单位组成员', 42, 'delete_groupmember'),
	(184, 'Can view 单位组成员', 42, 'view_groupmember'),
	(185, 'Can add 首次设置链接', 50, 'add_setuplink'),
	(186, 'Can change 首次设置链接', 50, 'change_setuplink'),
	(187, 'Can delete 首次设置链接', 50, 'delete_setuplink'),
	(188, 'Can view 首次设置链接', 50, 'view_setuplink'),
	(189, 'Can add 用户', 54, 'add_user'),
	(190, 'Can change 用户', 54, 'change_user'),
	(191, 'Can delete 用户', 54, 'delete_user'),
	(192, 'Can view 用户', 54, 'view_user'),
	(193, 'Can add 任职', 49, 'add_membership'),
	(194, 'Can change 任职', 49, 'change_membership'),
	(195, 'Can delete 任职', 49, 'delete_membership'),
	(196, 'Can view 任职', 49, 'view_membership'),
	(197, 'Can add 用过的口令', 48, 'add_keptpassword'),
	(198, 'Can change 用过的口令', 48, 'change_keptpassword'),
	(199, 'Can delete 用过的口令', 48, 'delete_keptpassword'),
	(200, 'Can view 用过的口令', 48, 'view_keptpassword'),
	(201, 'Can add 登录规定', 52, 'add_signinrule'),
	(202, 'Can change 登录规定', 52, 'change_signinrule'),
	(203, 'Can delete 登录规定', 52, 'delete_signinrule'),
	(204, 'Can view 登录规定', 52, 'view_signinrule'),
	(205, 'Can add 登录记录', 51, 'add_signinevent'),
	(206, 'Can change 登录记录', 51, 'change_signinevent'),
	(207, 'Can delete 登录记录', 51, 'delete_signinevent'),
	(208, 'Can view 登录记录', 51, 'view_signinevent'),
	(209, 'Can add 接口令牌', 47, 'add_apitoken'),
	(210, 'Can change 接口令牌', 47, 'change_apitoken'),
	(211, 'Can delete 接口令牌', 47, 'delete_apitoken'),
	(212, 'Can view 接口令牌', 47, 'view_apitoken'),
	(213, 'Can add 接口令牌的使用', 53, 'add_tokenuse'),
	(214, 'Can change 接口令牌的使用', 53, 'change_tokenuse'),
	(215, 'Can delete 接口令牌的使用', 53, 'delete_tokenuse'),
	(216, 'Can view 接口令牌的使用', 53, 'view_tokenuse'),
	(217, 'Can add 方案', 58, 'add_scheme'),
	(218, 'Can change 方案', 58, 'change_scheme'),
	(219, 'Can delete 方案', 58, 'delete_scheme'),
	(220, 'Can view 方案', 58, 'view_scheme'),
	(221, 'Can add 方案原文', 61, 'add_sourcedocument'),
	(222, 'Can change 方案原文', 61, 'change_sourcedocument'),
	(223, 'Can delete 方案原文', 61, 'delete_sourcedocument'),
	(224, 'Can view 方案原文', 61, 'view_sourcedocument'),
	(225, 'Can add 方案版本', 59, 'add_schemeversion'),
	(226, 'Can change 方案版本', 59, 'change_schemeversion'),
	(227, 'Can delete 方案版本', 59, 'delete_schemeversion'),
	(228, 'Can view 方案版本', 59, 'view_schemeversion'),
	(229, 'Can add 待确认事项', 57, 'add_question'),
	(230, 'Can change 待确认事项', 57, 'change_question'),
	(231, 'Can delete 待确认事项', 57, 'delete_question'),
	(232, 'Can view 待确认事项', 57, 'view_question'),
	(233, 'Can add 条款', 60, 'add_section'),
	(234, 'Can change 条款', 60, 'change_section'),
	(235, 'Can delete 条款', 60, 'delete_section'),
	(236, 'Can view 条款', 60, 'view_section'),
	(237, 'Can add 任务', 62, 'add_task'),
	(238, 'Can change 任务', 62, 'change_task'),
	(239, 'Can delete 任务', 62, 'delete_task'),
	(240, 'Can view 任务', 62, 'view_task'),
	(241, 'Can add 任务进展', 56, 'add_progressreport'),
	(242, 'Can change 任务进展', 56, 'change_progressreport'),
	(243, 'Can delete 任务进展', 56, 'delete_progressreport'),
	(244, 'Can view 任务进展', 56, 'view_progressreport'),
	(245, 'Can add 责任单位', 55, 'add_duty'),
	(246, 'Can change 责任单位', 55, 'change_duty'),
	(247, 'Can delete 责任单位', 55, 'delete_duty'),
	(248, 'Can view 责任单位', 55, 'view_duty'),
	(249, 'Can add 年度协议', 63, 'add_aidagreement'),
	(250, 'Can change 年度协议', 63, 'change_aidagreement'),
	(251, 'Can delete 年度协议', 63, 'delete_aidagreement'),
	(252, 'Can view 年度协议', 63, 'view_aidagreement'),
	(253, 'Can add 支出进度线', 65, 'add_progressbar'),
	(254, 'Can change 支出进度线', 65, 'change_progressbar'),
	(255, 'Can delete 支出进度线', 65, 'delete_progressbar'),
	(256, 'Can view 支出进度线', 65, 'view_progressbar'),
	(257, 'Can add 协作项目', 66, 'add_project'),
	(258, 'Can change 协作项目', 66, 'change_project'),
	(259, 'Can delete 协作项目', 66, 'delete_project'),
	(260, 'Can view 协作项目', 66, 'view_project'),
	(261, 'Can add 资金拨付', 64, 'add_payment'),
	(262, 'Can change 资金拨付', 64, 'change_payment'),
	(263, 'Can delete 资金拨付', 64, 'delete_payment'),
	(264, 'Can view 资金拨付', 64, 'view_payment'),
	(265, 'Can add 项目阶段流转', 67, 'add_stagemove'),
	(266, 'Can change 项目阶段流转', 67, 'change_stagemove'),
	(267, 'Can delete 项目阶段流转', 67, 'delete_stagemove'),
	(268, 'Can view 项目阶段流转', 67, 'view_stagemove'),
	(269, 'Can add 资金规则数值', 68, 'add_threshold'),
	(270, 'Can change 资金规则数值', 68, 'change_threshold'),
	(271, 'Can delete 资金规则数值', 68, 'delete_threshold'),
	(272, 'Can view 资金规则数值', 68, 'view_threshold'),
	(273, 'Can add 财政援助到账', 69, 'add_transferreceived'),
	(274, 'Can change 财政援助到账', 69, 'change_transferreceived'),
	(275, 'Can delete 财政援助到账', 69, 'delete_transferreceived'),
	(276, 'Can view 财政援助到账', 69, 'view_transferreceived'),
	(277, 'Can add 就业地归类', 70, 'add_destinationgroup'),
	(278, 'Can change 就业地归类', 70, 'change_destinationgroup'),
	(279, 'Can delete 就业地归类', 70, 'delete_destinationgroup'),
	(280, 'Can view 就业地归类', 70, 'view_destinationgroup'),
	(281, 'Can add 务工就业', 71, 'add_employmentspell'),
	(282, 'Can change 务工就业', 71, 'change_employmentspell'),
	(283, 'Can delete 务工就业', 71, 'delete_employmentspell'),
	(284, 'Can view 务工就业', 71, 'view_employmentspell'),
	(285, 'Can add 按月在岗', 72, 'add_monthlyfact'),
	(286, 'Can change 按月在岗', 72, 'change_monthlyfact'),
	(287, 'Can delete 按月在岗', 72, 'delete_monthlyfact'),
	(288, 'Can view 按月在岗', 72, 'view_monthlyfact'),
	(289, 'Can add 劳务规则数值', 73, 'add_threshold'),
	(290, 'Can change 劳务规则数值', 73, 'change_threshold'),
	(291, 'Can delete 劳务规则数值', 73, 'delete_threshold'),
	(292, 'Can view 劳务规则数值', 73, 'view_threshold'),
	(293, 'Can add 实名制登记', 74, 'add_workerregistration'),
	(294, 'Can change 实名制登记', 74, 'change_workerregistration'),
	(295, 'Can delete 实名制登记', 74, 'delete_workerregistration'),
	(296, 'Can view 实名制登记', 74, 'view_workerregistration'),
	(297, 'Can add 指标目标', 79, 'add_indicatortarget'),
	(298, 'Can change 指标目标', 79, 'change_indicatortarget'),
	(299, 'Can delete 指标目标', 79, 'delete_indicatortarget'),
	(300, 'Can view 指标目标', 79, 'view_indicatortarget'),
	(301, 'Can add 通报', 75, 'add_bulletin'),
	(302, 'Can change 通报', 75, 'change_bulletin'),
	(303, 'Can delete 通报', 75, 'delete_bulletin'),
	(304, 'Can view 通报', 75, 'view_bulletin'),
	(305, 'Can add 通报数据', 76, 'add_bulletinfigure'),
	(306, 'Can change 通报数据', 76, 'change_bulletinfigure'),
	(307, 'Can delete 通报数据', 76, 'delete_bulletinfigure'),
	(308, 'Can view 通报数据', 76, 'view_bulletinfigure'),
	(309, 'Can add 通报签收', 77, 'add_bulletinreceipt'),
	(310, 'Can change 通报签收', 77, 'change_bulletinreceipt'),
	(311, 'Can delete 通报签收', 77, 'delete_bulletinreceipt'),
	(312, 'Can view 通报签收', 77, 'view_bulletinreceipt'),
	(313, 'Can add 通报模板', 78, 'add_bulletintemplate'),
	(314, 'Can change 通报模板', 78, 'change_bulletintemplate'),
	(315, 'Can delete 通报模板', 78, 'delete_bulletintemplate'),
	(316, 'Can view 通报模板', 78, 'view_bulletintemplate'),
	(317, 'Can add 通报叙述', 80, 'add_narrativeslot'),
	(318, 'Can change 通报叙述', 80, 'change_narrativeslot'),
	(319, 'Can delete 通报叙述', 80, 'delete_narrativeslot'),
	(320, 'Can view 通报叙述', 80, 'view_narrativeslot');
INSERT INTO public.django_content_type VALUES
	(1, 'auth', 'group'),
	(2, 'auth', 'permission'),
	(3, 'contenttypes', 'contenttype'),
	(4, 'sessions', 'session'),
	(5, 'account', 'emailaddress'),
	(6, 'account', 'emailconfirmation'),
	(7, 'usersessions', 'usersession'),
	(8, 'mfa', 'authenticator'),
	(9, 'procrastinate', 'procrastinateevent'),
	(10, 'procrastinate', 'procrastinatejob'),
	(11, 'procrastinate', 'procrastinateperiodicdefer'),
	(12, 'procrastinate', 'procrastinateworker'),
	(13, 'kernel', 'amendment'),
	(14, 'kernel', 'archivedmonth'),
	(15, 'kernel', 'chaincheck'),
	(16, 'kernel', 'columnmapping'),
	(17, 'kernel', 'customfield'),
	(18, 'kernel', 'evidencecheck'),
	(19, 'kernel', 'evidencedamage'),
	(20, 'kernel', 'evidencefile'),
	(21, 'kernel', 'evidencelink'),
	(22, 'kernel', 'evidencereading'),
	(23, 'kernel', 'exportreading'),
	(24, 'kernel', 'fieldreading'),
	(25, 'kernel', 'handover'),
	(26, 'kernel', 'historyentry'),
	(27, 'kernel', 'historyretention'),
	(28, 'kernel', 'import'),
	(29, 'kernel', 'importpart'),
	(30, 'kernel', 'installation'),
	(31, 'kernel', 'job'),
	(32, 'kernel', 'keptanswer'),
	(33, 'kernel', 'obligation'),
	(34, 'kernel', 'obligationrule'),
	(35, 'kernel', 'obligationruleunit'),
	(36, 'kernel', 'periodreopening'),
	(37, 'kernel', 'savedview'),
	(38, 'kernel', 'sealblock'),
	(39, 'kernel', 'viewdefault'),
	(40, 'places', 'place'),
	(41, 'parties', 'body'),
	(42, 'parties', 'groupmember'),
	(43, 'parties', 'person'),
	(44, 'parties', 'unit'),
	(45, 'parties', 'unitalias'),
	(46, 'parties', 'unitgroup'),
	(47, 'accounts', 'apitoken'),
	(48, 'accounts', 'keptpassword'),
	(49, 'accounts', 'membership'),
	(50, 'accounts', 'setuplink'),
	(51, 'accounts', 'signinevent'),
	(52, 'accounts', 'signinrule'),
	(53, 'accounts', 'tokenuse'),
	(54, 'accounts', 'user'),
	(55, 'scheme', 'duty'),
	(56, 'scheme', 'progressreport'),
	(57, 'scheme', 'question'),
	(58, 'scheme', 'scheme'),
	(59, 'scheme', 'schemeversion'),
	(60, 'scheme', 'section'),
	(61, 'scheme', 'sourcedocument'),
	(62, 'scheme', 'task'),
	(63, 'funds', 'aidagreement'),
	(64, 'funds', 'payment'),
	(65, 'funds', 'progressbar'),
	(66, 'funds', 'project'),
	(67, 'funds', 'stagemove'),
	(68, 'funds', 'threshold'),
	(69, 'funds', 'transferreceived'),
	(70, 'labour', 'destinationgroup'),
	(71, 'labour', 'employmentspell'),
	(72, 'labour', 'monthlyfact'),
	(73, 'labour', 'threshold'),
	(74, 'labour', 'workerregistration'),
	(75, 'appraisal', 'bulletin'),
	(76, 'appraisal', 'bulletinfigure'),
	(77, 'appraisal', 'bulletinreceipt'),
	(78, 'appraisal', 'bulletintemplate'),
	(79, 'appraisal', 'indicatortarget'),
	(80, 'appraisal', 'narrativeslot');
INSERT INTO public.django_migrations VALUES
	(1, 'kernel', '0001_database', '2026-11-27 07:32:43.814035+00'),
	(2, 'places', '0001_first', '2026-11-27 07:32:43.854579+00'),
	(3, 'parties', '0001_first', '2026-11-27 07:32:44.362669+00'),
	(4, 'contenttypes', '0001_initial', '2026-11-27 07:32:44.378888+00'),
	(5, 'contenttypes', '0002_remove_content_type_name', '2026-11-27 07:32:44.42833+00'),
	(6, 'auth', '0001_initial', '2026-11-27 07:32:44.519052+00'),
	(7, 'auth', '0002_alter_permission_name_max_length', '2026-11-27 07:32:44.544312+00'),
	(8, 'auth', '0003_alter_user_email_max_length', '2026-11-27 07:32:44.561639+00'),
	(9, 'auth', '0004_alter_user_username_opts', '2026-11-27 07:32:44.574986+00'),
	(10, 'auth', '0005_alter_user_last_login_null', '2026-11-27 07:32:44.596124+00'),
	(11, 'auth', '0006_require_contenttypes_0002', '2026-11-27 07:32:44.60916+00'),
	(12, 'auth', '0007_alter_validators_add_error_messages', '2026-11-27 07:32:44.61963+00'),
	(13, 'auth', '0008_alter_user_username_max_length', '2026-11-27 07:32:44.639746+00'),
	(14, 'auth', '0009_alter_user_last_name_max_length', '2026-11-27 07:32:44.65117+00'),
	(15, 'auth', '0010_alter_group_name_max_length', '2026-11-27 07:32:44.67779+00'),
	(16, 'auth', '0011_update_proxy_permissions', '2026-11-27 07:32:44.719223+00'),
	(17, 'auth', '0012_alter_user_first_name_max_length', '2026-11-27 07:32:44.735487+00'),
	(18, 'accounts', '0001_first', '2026-11-27 07:32:44.924208+00'),
	(19, 'account', '0001_initial', '2026-11-27 07:32:45.06249+00'),
	(20, 'account', '0002_email_max_length', '2026-11-27 07:32:45.122516+00'),
	(21, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-11-27 07:32:45.21634+00'),
	(22, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-11-27 07:32:45.294377+00'),
	(23, 'account', '0005_emailaddress_idx_upper_email', '2026-11-27 07:32:45.361274+00'),
	(24, 'account', '0006_emailaddress_lower', '2026-11-27 07:32:45.454857+00'),
	(25, 'account', '0007_emailaddress_idx_email', '2026-11-27 07:32:45.49734+00'),
	(26, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-11-27 07:32:45.546546+00'),
	(27, 'account', '0009_emailaddress_unique_primary_email', '2026-11-27 07:32:45.577233+00'),
	(28, 'kernel', '0002_first', '2026-11-27 07:32:45.75121+00'),
	(29, 'accounts', '0002_ways_in', '2026-11-27 07:32:45.940094+00'),
	(30, 'accounts', '0003_first_rule', '2026-11-27 07:32:46.044107+00'),
	(31, 'accounts', '0004_second_factor', '2026-11-27 07:32:46.08367+00'),
	(32, 'accounts', '0005_cache', '2026-11-27 07:32:46.114891+00'),
	(33, 'accounts', '0006_tokens', '2026-11-27 07:32:46.351772+00'),
	(34, 'kernel', '0003_evidence_reading', '2026-11-27 07:32:46.429461+00'),
	(35, 'kernel', '0004_jobs', '2026-11-27 07:32:46.750553+00'),
	(36, 'appraisal', '0001_first', '2026-11-27 07:32:46.883179+00'),
	(37, 'appraisal', '0002_bulletins', '2026-11-27 07:32:48.466362+00'),
	(38, 'parties', '0002_person_initials', '2026-11-27 07:32:48.767049+00'),
	(39, 'parties', '0003_awaiting', '2026-11-27 07:32:48.999217+00'),
	(40, 'kernel', '0005_locking', '2026-11-27 07:32:49.282452+00'),
	(41, 'kernel', '0006_amendments', '2026-11-27 07:32:49.371913+00'),
	(42, 'kernel', '0007_handover', '2026-11-27 07:32:49.55796+00'),
	(43, 'kernel', '0008_column_mapping', '2026-11-27 07:32:49.962268+00'),
	(44, 'kernel', '0009_import_undo', '2026-11-27 07:32:50.665098+00'),
	(45, 'kernel', '0010_job_attempts', '2026-11-27 07:32:50.730581+00'),
	(46, 'kernel', '0011_readings', '2026-11-27 07:32:50.752457+00'),
	(47, 'kernel', '0012_evidence_facts', '2026-11-27 07:32:51.041292+00'),
	(48, 'kernel', '0013_saved_views', '2026-11-27 07:32:51.656478+00'),
	(49, 'kernel', '0014_kept_answers', '2026-11-27 07:32:51.814389+00'),
	(50, 'kernel', '0015_import_parts', '2026-11-27 07:32:52.450722+00'),
	(51, 'kernel', '0016_import_parts_filled', '2026-11-27 07:32:52.463425+00'),
	(52, 'kernel', '0017_import_plans_in_parts', '2026-11-27 07:32:53.072474+00'),
	(53, 'kernel', '0018_exportreading', '2026-11-27 07:32:53.098973+00'),
	(54, 'kernel', '0019_custom_fields', '2026-11-27 07:32:53.36569+00'),
	(55, 'kernel', '0020_months_are_counted_outside', '2026-11-27 07:32:53.376056+00'),
	(56, 'kernel', '0021_amendments_of_both_sides', '2026-11-27 07:32:54.140724+00'),
	(57, 'funds', '0001_first', '2026-11-27 07:32:56.448795+00'),
	(58, 'funds', '0002_policy', '2026-11-27 07:32:56.920601+00'),
	(59, 'funds', '0003_joint', '2026-11-27 07:32:58.360738+00'),
	(60, 'funds', '0004_joint_filled', '2026-11-27 07:32:58.630454+00'),
	(61, 'funds', '0005_joint_signed', '2026-11-27 07:32:59.030419+00'),
	(62, 'kernel', '0022_history_without_ordinal', '2026-11-27 07:32:59.368576+00'),
	(63, 'kernel', '0023_custom_fields_of_several_choices', '2026-11-27 07:32:59.566283+00'),
	(64, 'kernel', '0024_history_by_transaction', '2026-11-27 07:32:59.58+00'),
	(65, 'kernel', '0025_chain', '2026-11-27 07:32:59.952653+00'),
	(66, 'kernel', '0026_jobs_through', '2026-11-27 07:33:00.026023+00'),
	(67, 'labour', '0001_first', '2026-11-27 07:33:02.484346+00'),
	(68, 'labour', '0002_policy', '2026-11-27 07:33:02.722948+00'),
	(69, 'labour', '0003_awaiting', '2026-11-27 07:33:03.151849+00'),
	(70, 'mfa', '0001_initial', '2026-11-27 07:33:03.425103+00'),
	(71, 'mfa', '0002_authenticator_timestamps', '2026-11-27 07:33:03.570372+00'),
	(72, 'mfa', '0003_authenticator_type_uniq', '2026-11-27 07:33:03.725868+00'),
	(73, 'parties', '0004_person_index_once', '2026-11-27 07:33:04.337986+00'),
	(74, 'parties', '0005_body_initials', '2026-11-27 07:33:04.839015+00'),
	(75, 'procrastinate', '0001_initial', '2026-11-27 07:33:04.864716+00'),
	(76, 'procrastinate', '0002_drop_started_at_column', '2026-11-27 07:33:04.876486+00'),
	(77, 'procrastinate', '0003_drop_started_at_column', '2026-11-27 07:33:04.883089+00'),
	(78, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-27 07:33:04.891343+00'),
	(79, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-27 07:33:04.909775+00'),
	(80, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-27 07:33:04.917165+00'),
	(81, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-27 07:33:04.925666+00'),
	(82, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-27 07:33:04.937816+00'),
	(83, 'procrastinate', '0009_add_defer_job_function', '2026-11-27 07:33:04.945286+00'),
	(84, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-27 07:33:04.953703+00'),
	(85, 'procrastinate', '0011_add_foreign_key_index', '2026-11-27 07:33:04.965262+00'),
	(86, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-27 07:33:04.972337+00'),
	(87, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-27 07:33:04.984952+00'),
	(88, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-27 07:33:04.998337+00'),
	(89, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-27 07:33:05.007353+00'),
	(90, 'procrastinate', '0016_delete_finished_jobs', '2026-11-27 07:33:05.013834+00'),
	(91, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-27 07:33:05.026137+00'),
	(92, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-27 07:33:05.034482+00'),
	(93, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-27 07:33:05.044683+00'),
	(94, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-27 07:33:05.055769+00'),
	(95, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-27 07:33:05.071351+00'),
	(96, 'procrastinate', '0022_null_locks_excluded', '2026-11-27 07:33:05.084418+00'),
	(97, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-27 07:33:05.102073+00'),
	(98, 'procrastinate', '0024_job_id_bigint', '2026-11-27 07:33:05.131811+00'),
	(99, 'procrastinate', '0025_add_models', '2026-11-27 07:33:05.206517+00'),
	(100, 'procrastinate', '0026_add_job_priority', '2026-11-27 07:33:05.249812+00'),
	(101, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-27 07:33:05.254483+00'),
	(102, 'procrastinate', '0028_add_cancel_states', '2026-11-27 07:33:05.286874+00'),
	(103, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-27 07:33:05.297459+00'),
	(104, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-27 07:33:05.316422+00'),
	(105, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-27 07:33:05.323862+00'),
	(106, 'procrastinate', '0032_pre_cancel_notification', '2026-11-27 07:33:05.374061+00'),
	(107, 'procrastinate', '0033_post_cancel_notification', '2026-11-27 07:33:05.455093+00'),
	(108, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-27 07:33:05.518827+00'),
	(109, 'procrastinate', '0035_post_add_heartbeat', '2026-11-27 07:33:05.537092+00'),
	(110, 'procrastinate', '0036_add_worker_model', '2026-11-27 07:33:05.571114+00'),
	(111, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-27 07:33:05.592108+00'),
	(112, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-27 07:33:05.604895+00'),
	(113, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-27 07:33:05.623823+00'),
	(114, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-27 07:33:05.63835+00'),
	(115, 'procrastinate', '0041_post_retry_failed_job', '2026-11-27 07:33:05.652278+00'),
	(116, 'scheme', '0001_first', '2026-11-27 07:33:07.149476+00'),
	(117, 'scheme', '0002_awaiting', '2026-11-27 07:33:07.251614+00'),
	(118, 'sessions', '0001_initial', '2026-11-27 07:33:07.26975+00'),
	(119, 'usersessions', '0001_initial', '2026-11-27 07:33:07.523268+00');
INSERT INTO public.funds_aidagreement VALUES
	('01a21c93-4d02-716e-8631-1f4616b87478', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00011', 4000.37, '2021-09-01', '样例00012', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3966-76b5-a50b-2e24566116a0', NULL, '', '01a21c93-3fc4-717b-8567-f16c114d333e', ''),
	('01a21c93-4d7a-73f4-8d16-879a09f35547', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00014', 1.00, '2021-09-01', '样例00015', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3966-76b5-a50b-2e2307b6cfde', NULL, '', '01a21c93-3fc4-717b-8567-f16c114d333e', ''),
	('01a21c93-4dd8-707d-9f03-3626b583d642', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00019', 1.00, '2021-09-01', '样例00020', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3966-76b5-a50b-2e2307b6cfde', NULL, '', '01a21c93-3fc4-717b-8567-f16c114d333e', ''),
	('01a21c93-4e44-7740-ba9a-7fea98ded887', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00025', 1.00, '2021-09-01', '样例00026', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3966-76b5-a50b-2e2307b6cfde', NULL, '', '01a21c93-3fc4-717b-8567-f16c114d333e', ''),
	('01a21c93-511c-7751-a0d9-bead7a4a814c', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00059', 4000.37, '2021-09-01', '样例00060', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3966-76b5-a50b-2e26f032d4be', NULL, '', '01a21c93-3fc4-717b-8567-f1682df1f97b', ''),
	('01a21c93-518d-739c-85a2-7b9e01a43955', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00062', 1.00, '2021-09-01', '样例00063', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3966-76b5-a50b-2e25eeba780d', NULL, '', '01a21c93-3fc4-717b-8567-f1682df1f97b', ''),
	('01a21c93-51f4-700c-b999-4d1bc1b9453b', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00067', 1.00, '2021-09-01', '样例00068', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3966-76b5-a50b-2e25eeba780d', NULL, '', '01a21c93-3fc4-717b-8567-f1682df1f97b', ''),
	('01a21c93-5268-72cc-86ef-d2b2d48f9f54', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00073', 1.00, '2021-09-01', '样例00074', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3966-76b5-a50b-2e25eeba780d', NULL, '', '01a21c93-3fc4-717b-8567-f1682df1f97b', '');
INSERT INTO public.funds_payment VALUES
	('01a21c93-4e50-7675-a511-6fc4e8eb2725', 'east', '2021-09', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00022', 'advance', 7000.37, '2021-09-01', '样例00028', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e24566116a0', '01a21c93-4e48-705b-9b34-544de212fff2'),
	('01a21c93-5281-7592-92e1-576bb199d34e', 'west', '2021-09', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00070', 'advance', 7000.37, '2021-09-01', '样例00076', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e26f032d4be', '01a21c93-5278-7494-bade-27178e19e480');
INSERT INTO public.funds_progressbar VALUES
	('21ea5818-8267-572f-b5d7-6af598448444', 2020, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('7cf413bd-6c8b-5dfb-8835-31d66e595c3c', 2020, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('9211b699-012b-5a7f-ab35-0766ee81a484', 2020, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('f3429ae0-127e-5f12-975a-0810ea244b70', 2020, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('8a895826-7934-5518-a5c5-6b0c5da6ed62', 2020, 12, 100.00, '系统默认值，以当年资金管理要求为准'),
	('cfa747ea-c58c-5011-9bbb-5a6baff98df5', 2021, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('75f5da5b-d9a2-5cdd-9033-c03054308a27', 2021, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('64735ae7-0a50-50fe-bdbf-0d1645ed3cfc', 2021, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('dbda07b8-fa6b-561a-b235-aaa099a90d66', 2021, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('369e429f-0377-5074-bdfb-ecdc5a997b67', 2021, 12, 100.00, '系统默认值，以当年资金管理要求为准'),
	('82b4dea6-7162-549f-91f2-75d25f204965', 2022, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('3cf349f3-d87b-5fa9-ad8f-e15b7ed23a75', 2022, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('8df60298-a3dc-5204-b7c5-3c94c4c04a88', 2022, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('8702737a-5db1-5b68-8927-135356fbd18c', 2022, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('f818467a-d86b-5bf4-8b1b-1dc15a76cc15', 2022, 12, 100.00, '系统默认值，以当年资金管理要求为准'),
	('deb6cdbc-d5e6-5afa-a961-a3423abf8dae', 2023, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('bb630f07-f1ae-550b-b744-03b9e80b2418', 2023, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('4a8fc1ca-b357-5af7-9179-939f184cefb8', 2023, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('3f64ce25-06ff-5185-b202-806147a67347', 2023, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('25a5af09-625c-5de3-9c22-88c7b807c95e', 2023, 12, 100.00, '系统默认值，以当年资金管理要求为准'),
	('d94a66ff-de2f-517d-9d76-c9f954ebeeff', 2024, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('a65d567d-ae67-54b3-bcb6-a0f4c69ac0ca', 2024, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('b99e91d3-31bf-5bce-9436-01320764ff14', 2024, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('4ccb9cef-9f48-5148-b73f-a1a444325f91', 2024, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('5d28d034-a631-5211-903c-4ed048e0af60', 2024, 12, 100.00, '系统默认值，以当年资金管理要求为准'),
	('c966699c-8077-5563-bee1-ce917022c1f8', 2025, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('77d1d2f1-a956-5795-a710-9ef7e8debd40', 2025, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('149eee89-ca8c-5664-b0f5-f96a47e5f0fe', 2025, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('17db5653-56f0-5ad2-959c-a7fb36a41348', 2025, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('24e0a46d-5675-5062-87ca-8566e5fb33dc', 2025, 12, 100.00, '系统默认值，以当年资金管理要求为准'),
	('d8804755-932f-58dc-8edc-4b37509fc60f', 2026, 3, 25.00, '系统默认值，以当年资金管理要求为准'),
	('593f1548-95d6-555c-88b8-2689162e1a19', 2026, 6, 50.00, '系统默认值，以当年资金管理要求为准'),
	('c86e05af-1693-5d50-ac31-a6d1ccaeecbe', 2026, 9, 75.00, '系统默认值，以当年资金管理要求为准'),
	('a9920ed6-44e8-5763-8356-b5926417acde', 2026, 11, 92.00, '系统默认值，以当年资金管理要求为准'),
	('0663e1d8-11a1-52dd-9c4b-dd5041e608d0', 2026, 12, 100.00, '系统默认值，以当年资金管理要求为准');
INSERT INTO public.funds_project VALUES
	('01a21c93-4ddc-7154-a98a-ff11bd2c990b', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00017', '样例00018', 'industry', '样例00021', 6000.37, NULL, NULL, 'planned', 1.00, 1, 1, 1, '01a21c93-4dd8-707d-9f03-3626b583d642', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e24566116a0'),
	('01a21c93-4e48-705b-9b34-544de212fff2', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00023', '样例00024', 'industry', '样例00027', 1.00, NULL, NULL, 'planned', 1.00, 1, 1, 1, '01a21c93-4e44-7740-ba9a-7fea98ded887', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e2307b6cfde'),
	('01a21c93-51f9-761e-be2d-faa03a7a899f', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00065', '样例00066', 'industry', '样例00069', 6000.37, NULL, NULL, 'planned', 1.00, 1, 1, 1, '01a21c93-51f4-700c-b999-4d1bc1b9453b', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e26f032d4be'),
	('01a21c93-5278-7494-bade-27178e19e480', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00071', '样例00072', 'industry', '样例00075', 1.00, NULL, NULL, 'planned', 1.00, 1, 1, 1, '01a21c93-5268-72cc-86ef-d2b2d48f9f54', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e25eeba780d');
INSERT INTO public.funds_stagemove VALUES
	('53cc58c1-4590-5197-80c8-9733ab4211a0', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'planned', 'pooled', '县行业部门论证、县领导小组审定并公示'),
	('85563733-d5d5-5b5f-bff2-4cb6e96f5b34', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'pooled', 'approved', '工作组与县双方商定'),
	('2713287b-cc45-5c46-97ce-000f6b9dec2c', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'approved', 'tendering', '项目单位'),
	('0de44cfe-527d-5a7d-a946-ad1850eaca3d', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'tendering', 'started', '项目单位'),
	('1a99f729-e72a-5481-a64c-e1a2ca535ac8', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'started', 'building', '项目单位'),
	('ecfce068-c878-5510-a045-aaca15033ccd', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'building', 'completed', '项目单位'),
	('ce854d6b-f165-5bef-a6af-b8fea20708b1', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'completed', 'accepted', '县行业部门'),
	('03c859ca-bac5-517d-bfbf-84759396efa8', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'accepted', 'audited', '审计或第三方'),
	('540be4b0-c962-567a-9b10-693c919e644e', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'audited', 'titled', '县农业农村部门'),
	('906cd2ce-e718-53b5-92a4-65263574c5f4', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'titled', 'handed_over', '县、镇、村'),
	('fdfc06ba-1b40-509f-8c80-cdc10788e2e2', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'approved', 'suspended', '双方商定'),
	('35ddcdb2-7eed-55f8-a3d8-34c835cc8f57', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'tendering', 'suspended', '双方商定'),
	('805effff-5c03-51e6-acf0-f28dd4b40770', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'started', 'suspended', '双方商定'),
	('0fad535d-23aa-563b-9313-827045ed3f30', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'building', 'suspended', '双方商定'),
	('45fb22e1-def4-57a9-9c0d-1763b34537bd', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'suspended', 'tendering', '双方商定'),
	('d816818e-6988-55d7-a4b5-7cc32b78d860', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'suspended', 'building', '双方商定'),
	('ccb3c1d3-c1cd-59ca-b077-535548a9c248', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'suspended', 'terminated', '双方商定并重新公示'),
	('6a77ae73-08bd-5698-a77a-8ab4922d6da7', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'pooled', 'terminated', '双方商定'),
	('74f7fddb-2e63-583f-9345-4a5cc1eb2b35', '2020-01-01', NULL, '衔接资金与东西部协作项目管理通行程序', 'approved', 'terminated', '双方商定并重新公示');
INSERT INTO public.funds_threshold VALUES
	('d2c7a5e5-f757-5d38-801a-ea541850b1a1', '2020-01-01', NULL, '系统默认值：拨付率高出形象进度的百分点上限', 'payment_ahead', 20.00),
	('b8c87455-5de3-5c04-bb64-8d82e99323a5', '2020-01-01', NULL, '系统默认值：支出率低于进度线的八成为滞后', 'bar_share', 80.00);
INSERT INTO public.funds_transferreceived VALUES
	('01a21c93-4d84-745b-b237-c8703cbff558', 'east', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00013', 'province', 5000.37, '2021-09-01', '样例00016', '01a21c93-4d7a-73f4-8d16-879a09f35547', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e24566116a0'),
	('01a21c93-5194-7727-93b1-fa07b18cb63a', 'west', '2021', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00061', 'province', 5000.37, '2021-09-01', '样例00064', '01a21c93-518d-739c-85a2-7b9e01a43955', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e26f032d4be');
INSERT INTO public.kernel_amendment VALUES
	('01a21c93-586b-70ee-82f9-8243b620e013', 'labour.monthlyfact', '01a21c93-4fcd-706d-a386-3346fb56ee0d', 'east', '', 'proposed', '{"wage": "1.00"}', '{"wage": "2.00"}', '抄错了', '2021-09-24 01:00:00+00', 'system:fixture', NULL, '', '', '01a21c93-3fc4-717b-8567-f1695e8f0f71', NULL, '', 'own');
INSERT INTO public.kernel_customfield VALUES
	('01a21c93-57a8-75bb-a1ea-7cac3ef6443a', 'labour.employmentspell', 'fc3ef6443a', '带队干部', 'text', '', NULL, '[]', '', false, false, true, 1, NULL, 1, '01a21c93-3fc4-717b-8567-f1695e8f0f71');
INSERT INTO public.kernel_evidencefile VALUES
	('01a21c93-5714-738f-a683-fb202b9be20b', 'east', '5f962cc2aa7e10e423d0d8780fd4c4feb32fa4fc8df2ca54a6bc7a9c4528aca2', 549, 'application/pdf', '2021-09-24 01:00:00+00', NULL, NULL, NULL);
INSERT INTO public.kernel_evidencelink VALUES
	('01a21c93-575c-7249-a316-8002265e3640', 'labour.employmentspell', '01a21c93-56ac-71e4-934a-75f8923108cd', 'contract', '合同.pdf', '2021-09-24 01:00:00+00', '01a21c93-4aee-7502-8967-c1e635f4e38b', NULL, '01a21c93-5714-738f-a683-fb202b9be20b');
INSERT INTO public.kernel_fieldreading VALUES
	('01a21c93-5788-74a9-ac4b-030cda3f503d', 'east', 'parties.person', '01a21c93-568a-7038-8d3f-d4561b7378c1', 'identity_number', '00000000000000000000000000000000', '2021-09-24 01:00:00+00', '01a21c93-4aee-7502-8967-c1e635f4e38b', '核对身份');
INSERT INTO public.kernel_history_202611 OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-27 10:35:41.872258+00', 1510563, 'places_place', '01a21c93-3966-76b5-a50b-2e2307b6cfde', 'insert', '{"id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "code": "440403", "name": "斗门区", "path": "440403", "side": "east", "level": "county", "pinyin": "doumenqu", "source": "", "initials": "dmq", "valid_to": null, "parent_id": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(2, '2026-11-27 10:35:41.872258+00', 1510563, 'places_place', '01a21c93-3966-76b5-a50b-2e25eeba780d', 'insert', '{"id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "code": "520328", "name": "湄潭县", "path": "520328", "side": "west", "level": "county", "pinyin": "meitanxian", "source": "", "initials": "mtx", "valid_to": null, "parent_id": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(3, '2026-11-27 10:35:41.888621+00', 1510563, 'places_place', '01a21c93-3966-76b5-a50b-2e24566116a0', 'insert', '{"id": "01a21c93-3966-76b5-a50b-2e24566116a0", "code": "440403106", "name": "白蕉镇", "path": "440403.440403106", "side": "east", "level": "town", "pinyin": "baijiaozhen", "source": "", "initials": "bjz", "valid_to": null, "parent_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(4, '2026-11-27 10:35:41.888621+00', 1510563, 'places_place', '01a21c93-3966-76b5-a50b-2e26f032d4be', 'insert', '{"id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "code": "520328101", "name": "永兴镇", "path": "520328.520328101", "side": "west", "level": "town", "pinyin": "yongxingzhen", "source": "", "initials": "yxz", "valid_to": null, "parent_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(5, '2026-11-27 10:35:41.888621+00', 1510563, 'places_place', '01a21c93-3966-76b5-a50b-2e27b0e11975', 'insert', '{"id": "01a21c93-3966-76b5-a50b-2e27b0e11975", "code": "520328102", "name": "复兴镇", "path": "520328.520328102", "side": "west", "level": "town", "pinyin": "fuxingzhen", "source": "", "initials": "fxz", "valid_to": null, "parent_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(6, '2026-11-27 10:35:41.897687+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f167061d2aa3', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f167061d2aa3", "code": "dm", "kind": "government", "name": "斗门区人民政府", "path": "dm", "side": "east", "pinyin": "doumenqurenminzhengfu", "source": "", "initials": "dmqrmzf", "place_id": null, "valid_to": null, "parent_id": null, "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(7, '2026-11-27 10:35:41.897687+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f16bb3ef8483', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f16bb3ef8483", "code": "mt", "kind": "government", "name": "湄潭县人民政府", "path": "mt", "side": "west", "pinyin": "meitanxianrenminzhengfu", "source": "", "initials": "mtxrmzf", "place_id": null, "valid_to": null, "parent_id": null, "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(8, '2026-11-27 10:35:41.956624+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f1682df1f97b', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f1682df1f97b", "code": "dm_coordinator", "kind": "coordinator", "name": "区乡村振兴局", "path": "dm.dm_coordinator", "side": "east", "pinyin": "quxiangcunzhenxingju", "source": "", "initials": "qxczxj", "place_id": null, "valid_to": null, "parent_id": "01a21c93-3fc4-717b-8567-f167061d2aa3", "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(9, '2026-11-27 10:35:41.956624+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "code": "dm_labour", "kind": "department", "name": "区人力资源和社会保障局", "path": "dm.dm_labour", "side": "east", "pinyin": "qurenliziyuanheshehuibaozhangju", "source": "", "initials": "qrlzyhshbzj", "place_id": null, "valid_to": null, "parent_id": "01a21c93-3fc4-717b-8567-f167061d2aa3", "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(10, '2026-11-27 10:35:41.956624+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f16a3467a8cd', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f16a3467a8cd", "code": "dm_finance", "kind": "department", "name": "区财政局", "path": "dm.dm_finance", "side": "east", "pinyin": "qucaizhengju", "source": "", "initials": "qczj", "place_id": null, "valid_to": null, "parent_id": "01a21c93-3fc4-717b-8567-f167061d2aa3", "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(11, '2026-11-27 10:35:41.956624+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f16c114d333e', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f16c114d333e", "code": "mt_coordinator", "kind": "coordinator", "name": "县乡村振兴局", "path": "mt.mt_coordinator", "side": "west", "pinyin": "xianxiangcunzhenxingju", "source": "", "initials": "xxczxj", "place_id": null, "valid_to": null, "parent_id": "01a21c93-3fc4-717b-8567-f16bb3ef8483", "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(12, '2026-11-27 10:35:41.956624+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "code": "mt_labour", "kind": "department", "name": "县人力资源和社会保障局", "path": "mt.mt_labour", "side": "west", "pinyin": "xianrenliziyuanheshehuibaozhangju", "source": "", "initials": "xrlzyhshbzj", "place_id": null, "valid_to": null, "parent_id": "01a21c93-3fc4-717b-8567-f16bb3ef8483", "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(13, '2026-11-27 10:35:41.956624+00', 1510563, 'parties_unit', '01a21c93-3fc4-717b-8567-f16e8399db5d', 'insert', '{"id": "01a21c93-3fc4-717b-8567-f16e8399db5d", "code": "mt_yongxing", "kind": "town", "name": "永兴镇人民政府", "path": "mt.mt_yongxing", "side": "west", "pinyin": "yongxingzhenrenminzhengfu", "source": "", "initials": "yxzrmzf", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "valid_to": null, "parent_id": "01a21c93-3fc4-717b-8567-f16bb3ef8483", "short_name": "", "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(14, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1e635f4e38b', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1e635f4e38b", "name": "alice", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "alice", "is_active": true, "date_joined": "2026-11-27T10:35:44.750679+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(15, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1e72a996095', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1e72a996095", "name": "anna", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "anna", "is_active": true, "date_joined": "2026-11-27T10:35:44.750764+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(16, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1e8ddc76e70', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1e8ddc76e70", "name": "victor", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "victor", "is_active": true, "date_joined": "2026-11-27T10:35:44.750801+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(17, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1e9a66aad1a', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1e9a66aad1a", "name": "carol", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "carol", "is_active": true, "date_joined": "2026-11-27T10:35:44.750834+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(18, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1eabf06a729', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1eabf06a729", "name": "dave", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "dave", "is_active": true, "date_joined": "2026-11-27T10:35:44.750867+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(19, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1eb09e6ee89', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1eb09e6ee89", "name": "lily", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "lily", "is_active": true, "date_joined": "2026-11-27T10:35:44.750898+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(20, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1ec32e6ab88', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1ec32e6ab88", "name": "bob", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "bob", "is_active": true, "date_joined": "2026-11-27T10:35:44.750931+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(21, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1edaec3037b', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1edaec3037b", "name": "wang", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "wang", "is_active": true, "date_joined": "2026-11-27T10:35:44.750961+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(22, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aee-7502-8967-c1eeba09453a', 'insert', '{"id": "01a21c93-4aee-7502-8967-c1eeba09453a", "name": "vera", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "vera", "is_active": true, "date_joined": "2026-11-27T10:35:44.750992+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(23, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aef-770a-9044-53ea681421db', 'insert', '{"id": "01a21c93-4aef-770a-9044-53ea681421db", "name": "ruth", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "ruth", "is_active": true, "date_joined": "2026-11-27T10:35:44.75102+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(24, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aef-770a-9044-53ebad801244', 'insert', '{"id": "01a21c93-4aef-770a-9044-53ebad801244", "name": "root", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "root", "is_active": true, "date_joined": "2026-11-27T10:35:44.751049+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(25, '2026-11-27 10:35:44.776771+00', 1510563, 'accounts_user', '01a21c93-4aef-770a-9044-53ec592d58e6', 'insert', '{"id": "01a21c93-4aef-770a-9044-53ec592d58e6", "name": "eve", "email": "", "is_staff": false, "password": "4d94719ea2144cfd", "username": "eve", "is_active": true, "date_joined": "2026-11-27T10:35:44.751081+00:00", "is_superuser": false, "must_change_password": false}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(26, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-5027143a1460', 'insert', '{"id": "01a21c93-4b10-7208-90c4-5027143a1460", "role": "reporter", "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "user_id": "01a21c93-4aee-7502-8967-c1e635f4e38b", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(27, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-50289bf29eed', 'insert', '{"id": "01a21c93-4b10-7208-90c4-50289bf29eed", "role": "reporter", "unit_id": "01a21c93-3fc4-717b-8567-f16a3467a8cd", "user_id": "01a21c93-4aee-7502-8967-c1e72a996095", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(28, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-5029fc2e291b', 'insert', '{"id": "01a21c93-4b10-7208-90c4-5029fc2e291b", "role": "verifier", "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "user_id": "01a21c93-4aee-7502-8967-c1e8ddc76e70", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(29, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-502abb0e0923', 'insert', '{"id": "01a21c93-4b10-7208-90c4-502abb0e0923", "role": "coordinator", "unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b", "user_id": "01a21c93-4aee-7502-8967-c1e9a66aad1a", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(30, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-502b5481ba94', 'insert', '{"id": "01a21c93-4b10-7208-90c4-502b5481ba94", "role": "auditor", "unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b", "user_id": "01a21c93-4aee-7502-8967-c1eabf06a729", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(31, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-502ccd723078', 'insert', '{"id": "01a21c93-4b10-7208-90c4-502ccd723078", "role": "leader", "unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b", "user_id": "01a21c93-4aee-7502-8967-c1eb09e6ee89", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(32, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b10-7208-90c4-502da32dd47e', 'insert', '{"id": "01a21c93-4b10-7208-90c4-502da32dd47e", "role": "reporter", "unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "user_id": "01a21c93-4aee-7502-8967-c1ec32e6ab88", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(33, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b11-7770-8858-dd083eae90de', 'insert', '{"id": "01a21c93-4b11-7770-8858-dd083eae90de", "role": "coordinator", "unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e", "user_id": "01a21c93-4aee-7502-8967-c1edaec3037b", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(34, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b11-7770-8858-dd090e14719e', 'insert', '{"id": "01a21c93-4b11-7770-8858-dd090e14719e", "role": "verifier", "unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "user_id": "01a21c93-4aee-7502-8967-c1eeba09453a", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(35, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b11-7770-8858-dd0a13b5daa0', 'insert', '{"id": "01a21c93-4b11-7770-8858-dd0a13b5daa0", "role": "auditor", "unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e", "user_id": "01a21c93-4aef-770a-9044-53ea681421db", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(36, '2026-11-27 10:35:44.797495+00', 1510563, 'accounts_membership', '01a21c93-4b11-7770-8858-dd0b3b71ccd0', 'insert', '{"id": "01a21c93-4b11-7770-8858-dd0b3b71ccd0", "role": "administrator", "unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b", "user_id": "01a21c93-4aef-770a-9044-53ebad801244", "place_id": null, "valid_to": null, "valid_from": "2020-01-01"}', NULL, 'system:cast', 'cast', '01a21c93-390a-77f1-9ab4-3caa35fce16e', NULL),
	(37, '2026-11-27 10:35:44.964943+00', 1510693, 'parties_person', '01a21c93-4ba1-7591-b541-02b845535cf4', 'insert', '{"id": "01a21c93-4ba1-7591-b541-02b845535cf4", "sex": "male", "name": "样例00001", "side": "east", "extra": {}, "phone": "v1.k1.VACVZTSGkkBUQRsLeOIdRlZ3JlY4_GGyQJcuQlioK7YwEQJQZqL2", "state": "verified", "period": "", "pinyin": "yangli00001", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00001", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "phone_index": "34e445d7e7e6ff0a698abd34d2772d70", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.21Gnl-O44dqGLx8dxxZXXHrV_0229zG9_cg1c5PgVlNc50_uI1aPNP8CtB6tXw", "identity_number_index": "5f0432d467db45e8d262db66ca643ff0"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4b81-73d3-9418-876a04ffbfdb', NULL),
	(38, '2026-11-27 10:35:44.993551+00', 1510695, 'parties_person', '01a21c93-4ba1-7591-b541-02b845535cf4', 'update', '{"id": "01a21c93-4ba1-7591-b541-02b845535cf4", "sex": "male", "name": "样例00001", "side": "east", "extra": {}, "phone": "v1.k1.VACVZTSGkkBUQRsLeOIdRlZ3JlY4_GGyQJcuQlioK7YwEQJQZqL2", "state": "verified", "period": "", "pinyin": "yangli00001", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00001", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "phone_index": "34e445d7e7e6ff0a698abd34d2772d70", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.21Gnl-O44dqGLx8dxxZXXHrV_0229zG9_cg1c5PgVlNc50_uI1aPNP8CtB6tXw", "identity_number_index": "5f0432d467db45e8d262db66ca643ff0"}', '{"place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4bcd-71b1-877b-9d2b326125a7', NULL),
	(39, '2026-11-27 10:35:45.0599+00', 1510700, 'parties_body', '01a21c93-4c14-7687-8033-55d52f5efd36', 'insert', '{"id": "01a21c93-4c14-7687-8033-55d52f5efd36", "kind": "enterprise", "name": "样例00004", "side": "east", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00004", "address": "样例00006", "sharing": "shared", "initials": "yl00004", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "credit_code": "919901010000000511", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4bfe-740d-904c-23a6b3b32d58', NULL),
	(40, '2026-11-27 10:35:45.084816+00', 1510702, 'parties_body', '01a21c93-4c14-7687-8033-55d52f5efd36', 'update', '{"id": "01a21c93-4c14-7687-8033-55d52f5efd36", "kind": "enterprise", "name": "样例00004", "side": "east", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00004", "address": "样例00006", "sharing": "shared", "initials": "yl00004", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "credit_code": "919901010000000511", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', '{"place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4c36-7469-8c67-2c5c6a5e2491', NULL),
	(41, '2026-11-27 10:35:45.138463+00', 1510705, 'scheme_scheme', '01a21c93-4c70-73fe-a07e-7e606ee60adc', 'insert', '{"id": "01a21c93-4c70-73fe-a07e-7e606ee60adc", "side": "east", "title": "方案7", "issuer": "", "number": "", "sharing": "shared", "dated_on": null, "due_days": 10, "addressees": [], "reports_since": "2021-01-01"}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-4c64-7645-a184-cb8ac1a021a3', NULL),
	(42, '2026-11-27 10:35:45.146312+00', 1510705, 'scheme_sourcedocument', '01a21c93-4c78-739f-b6a2-6b4b3f09d40a', 'insert', '{"id": "01a21c93-4c78-739f-b6a2-6b4b3f09d40a", "name": "", "text": "一、样例", "parsed": {}}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-4c64-7645-a184-cb8ac1a021a3', NULL),
	(43, '2026-11-27 10:35:45.15283+00', 1510705, 'scheme_schemeversion', '01a21c93-4c7e-7425-ad98-adf529c3c569', 'insert', '{"id": "01a21c93-4c7e-7425-ad98-adf529c3c569", "state": "in_force", "edition": 1, "ordinal": 1, "saved_at": null, "saved_by": "", "scheme_id": "01a21c93-4c70-73fe-a07e-7e606ee60adc", "started_at": "2021-09-24T01:00:00+00:00", "document_id": "01a21c93-4c78-739f-b6a2-6b4b3f09d40a"}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-4c64-7645-a184-cb8ac1a021a3', NULL),
	(44, '2026-11-27 10:35:45.161354+00', 1510705, 'scheme_section', '01a21c93-4c81-7047-a3dd-2a12c305d7d6', 'insert', '{"id": "01a21c93-4c81-7047-a3dd-2a12c305d7d6", "end": 4, "path": "", "text": "一、样例", "start": 0, "heading": "", "parent_id": null, "version_id": "01a21c93-4c7e-7425-ad98-adf529c3c569"}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-4c64-7645-a184-cb8ac1a021a3', NULL),
	(45, '2026-11-27 10:35:45.171046+00', 1510705, 'scheme_task', '01a21c93-4c90-76bf-aa8d-4bccd38c0176', 'insert', '{"id": "01a21c93-4c90-76bf-aa8d-4bccd38c0176", "path": "", "title": "任务8", "due_on": null, "ledgers": [], "frequency": "quarter", "scheme_id": "01a21c93-4c70-73fe-a07e-7e606ee60adc", "indicators": [], "section_id": "01a21c93-4c81-7047-a3dd-2a12c305d7d6", "previous_id": null}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-4c64-7645-a184-cb8ac1a021a3', NULL),
	(46, '2026-11-27 10:35:45.183604+00', 1510705, 'scheme_duty', '01a21c93-4c9d-7151-ae81-cf9fdf0bfedc', 'insert', '{"id": "01a21c93-4c9d-7151-ae81-cf9fdf0bfedc", "end": null, "name": "区人力资源和社会保障局", "role": "lead", "start": null, "task_id": "01a21c93-4c90-76bf-aa8d-4bccd38c0176", "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "group_id": null}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-4c64-7645-a184-cb8ac1a021a3', NULL),
	(47, '2026-11-27 10:35:45.203445+00', 1510705, 'scheme_progressreport', '01a21c93-4cb0-7182-a4ae-d82d46324073', 'insert', '{"id": "01a21c93-4cb0-7182-a4ae-d82d46324073", "side": "east", "extra": {}, "state": "verified", "period": "2021Q3", "percent": 1.00, "sharing": "shared", "task_id": "01a21c93-4c90-76bf-aa8d-4bccd38c0176", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "narrative": "样例00009", "next_steps": "样例00010", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4c55-74e5-ab85-f56a4ccf851a', NULL),
	(48, '2026-11-27 10:35:45.220587+00', 1510710, 'scheme_progressreport', '01a21c93-4cb0-7182-a4ae-d82d46324073', 'update', '{"id": "01a21c93-4cb0-7182-a4ae-d82d46324073", "side": "east", "extra": {}, "state": "verified", "period": "2021Q3", "percent": 1.00, "sharing": "shared", "task_id": "01a21c93-4c90-76bf-aa8d-4bccd38c0176", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "narrative": "样例00009", "next_steps": "样例00010", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', '{"place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4cbd-7743-99d8-6d54be996a2d', NULL),
	(49, '2026-11-27 10:35:45.291175+00', 1510713, 'funds_aidagreement', '01a21c93-4d02-716e-8631-1f4616b87478', 'insert', '{"id": "01a21c93-4d02-716e-8631-1f4616b87478", "side": "east", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00012", "number": "样例00011", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4cd6-7399-bcb4-a3be9fed708a', NULL),
	(50, '2026-11-27 10:35:45.340493+00', 1510716, 'funds_aidagreement', '01a21c93-4d02-716e-8631-1f4616b87478', 'update', '{"id": "01a21c93-4d02-716e-8631-1f4616b87478", "side": "east", "extra": {}, "state": "verified", "amount": 4000.37, "clause": "样例00012", "number": "样例00011", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e"}', '{"amount": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4d18-718c-b44a-1e7d1b84024f', NULL),
	(51, '2026-11-27 10:35:45.404176+00', 1510719, 'funds_aidagreement', '01a21c93-4d7a-73f4-8d16-879a09f35547', 'insert', '{"id": "01a21c93-4d7a-73f4-8d16-879a09f35547", "side": "east", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00015", "number": "样例00014", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4d4a-74aa-944a-3cf327cecb55', NULL),
	(52, '2026-11-27 10:35:45.422175+00', 1510719, 'funds_transferreceived', '01a21c93-4d84-745b-b237-c8703cbff558', 'insert', '{"id": "01a21c93-4d84-745b-b237-c8703cbff558", "note": "样例00016", "side": "east", "extra": {}, "state": "verified", "amount": 1.00, "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "received_on": "2021-09-01", "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-4d7a-73f4-8d16-879a09f35547", "source_level": "province", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "voucher_number": "样例00013"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4d4a-74aa-944a-3cf327cecb55', NULL),
	(53, '2026-11-27 10:35:45.435808+00', 1510721, 'funds_transferreceived', '01a21c93-4d84-745b-b237-c8703cbff558', 'update', '{"id": "01a21c93-4d84-745b-b237-c8703cbff558", "note": "样例00016", "side": "east", "extra": {}, "state": "verified", "amount": 5000.37, "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "received_on": "2021-09-01", "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-4d7a-73f4-8d16-879a09f35547", "source_level": "province", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "voucher_number": "样例00013"}', '{"amount": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4d98-77d8-97c5-546d9f0fd965', NULL),
	(54, '2026-11-27 10:35:45.498169+00', 1510725, 'funds_aidagreement', '01a21c93-4dd8-707d-9f03-3626b583d642', 'insert', '{"id": "01a21c93-4dd8-707d-9f03-3626b583d642", "side": "east", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00020", "number": "样例00019", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4db4-768e-9b9f-6deddeb661b8', NULL),
	(55, '2026-11-27 10:35:45.5037+00', 1510725, 'funds_project', '01a21c93-4ddc-7154-a98a-ff11bd2c990b', 'insert', '{"id": "01a21c93-4ddc-7154-a98a-ff11bd2c990b", "code": "样例00017", "kind": "industry", "name": "样例00018", "side": "east", "extra": {}, "stage": "planned", "state": "verified", "budget": 1.00, "people": 1, "period": "2021", "content": "样例00021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "progress": 1.00, "import_id": null, "households": 1, "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-4dd8-707d-9f03-3626b583d642", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "ex_poor_people": 1, "planned_end_on": null, "planned_start_on": null}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4db4-768e-9b9f-6deddeb661b8', NULL),
	(56, '2026-11-27 10:35:45.529114+00', 1510726, 'funds_project', '01a21c93-4ddc-7154-a98a-ff11bd2c990b', 'update', '{"id": "01a21c93-4ddc-7154-a98a-ff11bd2c990b", "code": "样例00017", "kind": "industry", "name": "样例00018", "side": "east", "extra": {}, "stage": "planned", "state": "verified", "budget": 6000.37, "people": 1, "period": "2021", "content": "样例00021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "progress": 1.00, "import_id": null, "households": 1, "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-4dd8-707d-9f03-3626b583d642", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "ex_poor_people": 1, "planned_end_on": null, "planned_start_on": null}', '{"budget": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4de9-75f8-9d7d-3ac3b4850b9a', NULL),
	(57, '2026-11-27 10:35:45.605961+00', 1510731, 'funds_aidagreement', '01a21c93-4e44-7740-ba9a-7fea98ded887', 'insert', '{"id": "01a21c93-4e44-7740-ba9a-7fea98ded887", "side": "east", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00026", "number": "样例00025", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f16c114d333e"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4e06-77f2-a0f8-c9a6ca53ab36', NULL),
	(58, '2026-11-27 10:35:45.609644+00', 1510731, 'funds_project', '01a21c93-4e48-705b-9b34-544de212fff2', 'insert', '{"id": "01a21c93-4e48-705b-9b34-544de212fff2", "code": "样例00023", "kind": "industry", "name": "样例00024", "side": "east", "extra": {}, "stage": "planned", "state": "verified", "budget": 1.00, "people": 1, "period": "2021", "content": "样例00027", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "progress": 1.00, "import_id": null, "households": 1, "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-4e44-7740-ba9a-7fea98ded887", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "ex_poor_people": 1, "planned_end_on": null, "planned_start_on": null}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4e06-77f2-a0f8-c9a6ca53ab36', NULL),
	(59, '2026-11-27 10:35:45.626706+00', 1510731, 'funds_payment', '01a21c93-4e50-7675-a511-6fc4e8eb2725', 'insert', '{"id": "01a21c93-4e50-7675-a511-6fc4e8eb2725", "kind": "advance", "side": "east", "extra": {}, "payee": "样例00028", "state": "verified", "amount": 1.00, "period": "2021-09", "paid_on": "2021-09-01", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "project_id": "01a21c93-4e48-705b-9b34-544de212fff2", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "voucher_number": "样例00022"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4e06-77f2-a0f8-c9a6ca53ab36', NULL),
	(60, '2026-11-27 10:35:45.643096+00', 1510733, 'funds_payment', '01a21c93-4e50-7675-a511-6fc4e8eb2725', 'update', '{"id": "01a21c93-4e50-7675-a511-6fc4e8eb2725", "kind": "advance", "side": "east", "extra": {}, "payee": "样例00028", "state": "verified", "amount": 7000.37, "period": "2021-09", "paid_on": "2021-09-01", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "project_id": "01a21c93-4e48-705b-9b34-544de212fff2", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "voucher_number": "样例00022"}', '{"amount": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4e65-719f-b68d-b9ff16d130f2', NULL),
	(61, '2026-11-27 10:35:45.704381+00', 1510737, 'parties_person', '01a21c93-4ea5-75f2-b359-f474b0b9f0a7', 'insert', '{"id": "01a21c93-4ea5-75f2-b359-f474b0b9f0a7", "sex": "male", "name": "样例00029", "side": "east", "extra": {}, "phone": "v1.k1.Cjy10R8p2J1l8QXjyXD3U-FydQBQvLp4s5CBByoJSjMuJ-XSeYyl", "state": "verified", "period": "", "pinyin": "yangli00029", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00029", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "phone_index": "ce2077ef348f496dbd685042627795f4", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.N7pjyushfI4YzLHqt_BKzLJV2cq6rbvPHKZJUFUGLOwM3K3b9LokPezlfiO99A", "identity_number_index": "19397b0da92b1b149996735731d5b9d6"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4e84-7609-9c52-ea5e4252e003', NULL),
	(62, '2026-11-27 10:35:45.726486+00', 1510737, 'labour_workerregistration', '01a21c93-4eb8-77aa-b4c6-724fa9d5a940', 'insert', '{"id": "01a21c93-4eb8-77aa-b4c6-724fa9d5a940", "side": "east", "wish": "east", "extra": {}, "state": "verified", "period": "", "skills": "样例00032", "status": "waiting", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "education": "primary", "import_id": null, "person_id": "01a21c93-4ea5-75f2-b359-f474b0b9f0a7", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "registered_on": "2021-09-01", "return_reason": "", "last_contact_on": null}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4e84-7609-9c52-ea5e4252e003', NULL),
	(63, '2026-11-27 10:35:45.741679+00', 1510740, 'labour_workerregistration', '01a21c93-4eb8-77aa-b4c6-724fa9d5a940', 'update', '{"id": "01a21c93-4eb8-77aa-b4c6-724fa9d5a940", "side": "east", "wish": "east", "extra": {}, "state": "verified", "period": "", "skills": "样例00032", "status": "waiting", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "education": "primary", "import_id": null, "person_id": "01a21c93-4ea5-75f2-b359-f474b0b9f0a7", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "registered_on": "2021-09-01", "return_reason": "", "last_contact_on": null}', '{"place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4ec9-72e6-ad88-f128783d4532', NULL),
	(64, '2026-11-27 10:35:45.809623+00', 1510744, 'parties_person', '01a21c93-4f0c-7368-9f59-7e69461abbd8', 'insert', '{"id": "01a21c93-4f0c-7368-9f59-7e69461abbd8", "sex": "male", "name": "样例00033", "side": "east", "extra": {}, "phone": "v1.k1.NJTVjGiim_UBUGpoWHN4LhV97Xl_maTb_co6NJF1-9Fc7fD0RSBm", "state": "verified", "period": "", "pinyin": "yangli00033", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00033", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "phone_index": "74e1ab30b767c30074c5b6104c1979d6", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.hjO8dqVOFxl7cnROHhYfsREWf5YDFM_pgH-AHMIoNY3tiDFp7IZhAu_3q9QSvg", "identity_number_index": "bff3c8fa36775c3720154bf31a34d03d"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4ee2-75ee-8272-f03e87b64e76', NULL),
	(65, '2026-11-27 10:35:45.835298+00', 1510744, 'parties_body', '01a21c93-4f29-74b9-9507-3d78eedb7d1c', 'insert', '{"id": "01a21c93-4f29-74b9-9507-3d78eedb7d1c", "kind": "enterprise", "name": "样例00036", "side": "east", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00036", "address": "样例00038", "sharing": "shared", "initials": "yl00036", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "credit_code": "91990101000000377N", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4ee2-75ee-8272-f03e87b64e76', NULL),
	(66, '2026-11-27 10:35:45.853717+00', 1510744, 'labour_employmentspell', '01a21c93-4f30-7751-b12e-c901d41f60a3', 'insert', '{"id": "01a21c93-4f30-7751-b12e-c901d41f60a3", "post": "样例00040", "side": "east", "extra": {}, "state": "verified", "period": "2021Q3", "channel": "organised", "sharing": "shared", "ended_on": null, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "person_id": "01a21c93-4f0c-7368-9f59-7e69461abbd8", "is_insured": true, "started_on": "2021-09-01", "destination": "county", "employer_id": "01a21c93-4f29-74b9-9507-3d78eedb7d1c", "row_version": 1, "verified_at": null, "has_contract": true, "submitted_at": null, "submitted_by": "system:samples", "employer_name": "样例00039", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4ee2-75ee-8272-f03e87b64e76', NULL),
	(67, '2026-11-27 10:35:45.88243+00', 1510747, 'labour_employmentspell', '01a21c93-4f30-7751-b12e-c901d41f60a3', 'update', '{"id": "01a21c93-4f30-7751-b12e-c901d41f60a3", "post": "样例00040", "side": "east", "extra": {}, "state": "verified", "period": "2021Q3", "channel": "organised", "sharing": "shared", "ended_on": null, "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "import_id": null, "person_id": "01a21c93-4f0c-7368-9f59-7e69461abbd8", "is_insured": true, "started_on": "2021-09-01", "destination": "county", "employer_id": "01a21c93-4f29-74b9-9507-3d78eedb7d1c", "row_version": 1, "verified_at": null, "has_contract": true, "submitted_at": null, "submitted_by": "system:samples", "employer_name": "样例00039", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', '{"place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4f49-71e8-b0a3-73e307396c37', NULL),
	(68, '2026-11-27 10:35:45.955427+00', 1510750, 'parties_person', '01a21c93-4fa0-762e-9999-eac2be966d01', 'insert', '{"id": "01a21c93-4fa0-762e-9999-eac2be966d01", "sex": "male", "name": "样例00041", "side": "east", "extra": {}, "phone": "v1.k1.KE_Ch6xVkGhIT0HA0E2HF7zBkWv40GFI6OP1QKt9k-9plbXhOiiU", "state": "verified", "period": "", "pinyin": "yangli00041", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00041", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "phone_index": "b8a1f2d550d53efd1cfb4715f57b649a", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.GaljaJE2468-YOEMl7u_SH_hxKMqmRq2GqZ-jfvkiI_A8RRnlXoaB4M0exA5MQ", "identity_number_index": "700c8b9c52d8ae2b9d0cf0311886560c"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4f6a-73a5-90af-29f23d2161e2', NULL),
	(69, '2026-11-27 10:35:45.978817+00', 1510750, 'parties_body', '01a21c93-4fb8-70a1-805b-49312e550da9', 'insert', '{"id": "01a21c93-4fb8-70a1-805b-49312e550da9", "kind": "enterprise", "name": "样例00044", "side": "east", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00044", "address": "样例00046", "sharing": "shared", "initials": "yl00044", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "credit_code": "91990101000000457A", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4f6a-73a5-90af-29f23d2161e2', NULL),
	(70, '2026-11-27 10:35:45.996764+00', 1510750, 'labour_employmentspell', '01a21c93-4fc8-7639-91c7-61287bf593e5', 'insert', '{"id": "01a21c93-4fc8-7639-91c7-61287bf593e5", "post": "样例00048", "side": "east", "extra": {}, "state": "verified", "period": "2021Q3", "channel": "organised", "sharing": "shared", "ended_on": null, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "import_id": null, "person_id": "01a21c93-4fa0-762e-9999-eac2be966d01", "is_insured": true, "started_on": "2021-09-01", "destination": "county", "employer_id": "01a21c93-4fb8-70a1-805b-49312e550da9", "row_version": 1, "verified_at": null, "has_contract": true, "submitted_at": null, "submitted_by": "system:samples", "employer_name": "样例00047", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4f6a-73a5-90af-29f23d2161e2', NULL),
	(71, '2026-11-27 10:35:46.008698+00', 1510750, 'labour_monthlyfact', '01a21c93-4fcd-706d-a386-3346fb56ee0d', 'insert', '{"id": "01a21c93-4fcd-706d-a386-3346fb56ee0d", "side": "east", "wage": 1.00, "extra": {}, "state": "verified", "period": "2021-09", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde", "spell_id": "01a21c93-4fc8-7639-91c7-61287bf593e5", "import_id": null, "is_in_post": true, "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-4f6a-73a5-90af-29f23d2161e2', NULL),
	(72, '2026-11-27 10:35:46.03164+00', 1510755, 'labour_monthlyfact', '01a21c93-4fcd-706d-a386-3346fb56ee0d', 'update', '{"id": "01a21c93-4fcd-706d-a386-3346fb56ee0d", "side": "east", "wage": 10000.37, "extra": {}, "state": "verified", "period": "2021-09", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e24566116a0", "spell_id": "01a21c93-4fc8-7639-91c7-61287bf593e5", "import_id": null, "is_in_post": true, "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', '{"wage": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e2307b6cfde"}', 'system:a fixture', 'a fixture', '01a21c93-4fe9-70e7-9093-33f96b304a90', NULL),
	(73, '2026-11-27 10:35:46.07944+00', 1510757, 'parties_person', '01a21c93-501c-721f-982e-80ec5d9d9ae2', 'insert', '{"id": "01a21c93-501c-721f-982e-80ec5d9d9ae2", "sex": "male", "name": "样例00049", "side": "west", "extra": {}, "phone": "v1.k1.cwb02Rl3brtYuPJfhdiTlaQc-N2L5Xl4UNa7-0J9clpzhv9XFz_5", "state": "verified", "period": "", "pinyin": "yangli00049", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00049", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "phone_index": "c9f6ca69c578f7e80696be892816aa39", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "identity_number": "v1.k1.UtncTu1FFpowkewG8JIU3ClbhjDr_AHz2LY8z_qIT929cvTfpbmdy4mzmfi09A", "identity_number_index": "898851f18ca9045d79e61e6acbc80bb5"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-5008-7496-8183-3a71c111d0d0', NULL),
	(74, '2026-11-27 10:35:46.099288+00', 1510758, 'parties_person', '01a21c93-501c-721f-982e-80ec5d9d9ae2', 'update', '{"id": "01a21c93-501c-721f-982e-80ec5d9d9ae2", "sex": "male", "name": "样例00049", "side": "west", "extra": {}, "phone": "v1.k1.cwb02Rl3brtYuPJfhdiTlaQc-N2L5Xl4UNa7-0J9clpzhv9XFz_5", "state": "verified", "period": "", "pinyin": "yangli00049", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00049", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "phone_index": "c9f6ca69c578f7e80696be892816aa39", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "identity_number": "v1.k1.UtncTu1FFpowkewG8JIU3ClbhjDr_AHz2LY8z_qIT929cvTfpbmdy4mzmfi09A", "identity_number_index": "898851f18ca9045d79e61e6acbc80bb5"}', '{"place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-502c-7323-a689-86bb678f916b', NULL),
	(75, '2026-11-27 10:35:46.147854+00', 1510761, 'parties_body', '01a21c93-5061-71de-b431-de7e5adcaeac', 'insert', '{"id": "01a21c93-5061-71de-b431-de7e5adcaeac", "kind": "enterprise", "name": "样例00052", "side": "west", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00052", "address": "样例00054", "sharing": "shared", "initials": "yl00052", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "credit_code": "91990101000000537X", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-5048-71ac-88db-01a8243ce313', NULL),
	(76, '2026-11-27 10:35:46.172394+00', 1510763, 'parties_body', '01a21c93-5061-71de-b431-de7e5adcaeac', 'update', '{"id": "01a21c93-5061-71de-b431-de7e5adcaeac", "kind": "enterprise", "name": "样例00052", "side": "west", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00052", "address": "样例00054", "sharing": "shared", "initials": "yl00052", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "credit_code": "91990101000000537X", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', '{"place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-5078-7526-8fe6-891d97abebec', NULL),
	(77, '2026-11-27 10:35:46.214724+00', 1510765, 'scheme_scheme', '01a21c93-50a5-77c5-b32c-806ff8c4817c', 'insert', '{"id": "01a21c93-50a5-77c5-b32c-806ff8c4817c", "side": "west", "title": "方案55", "issuer": "", "number": "", "sharing": "shared", "dated_on": null, "due_days": 10, "addressees": [], "reports_since": "2021-01-01"}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-50a4-7672-b8e4-4fc655bf1db5', NULL),
	(78, '2026-11-27 10:35:46.215848+00', 1510765, 'scheme_sourcedocument', '01a21c93-50a7-767b-b46e-08bfda56c8cc', 'insert', '{"id": "01a21c93-50a7-767b-b46e-08bfda56c8cc", "name": "", "text": "一、样例", "parsed": {}}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-50a4-7672-b8e4-4fc655bf1db5', NULL),
	(79, '2026-11-27 10:35:46.228856+00', 1510765, 'scheme_schemeversion', '01a21c93-50ac-7652-a13c-fa6171d4f330', 'insert', '{"id": "01a21c93-50ac-7652-a13c-fa6171d4f330", "state": "in_force", "edition": 1, "ordinal": 1, "saved_at": null, "saved_by": "", "scheme_id": "01a21c93-50a5-77c5-b32c-806ff8c4817c", "started_at": "2021-09-24T01:00:00+00:00", "document_id": "01a21c93-50a7-767b-b46e-08bfda56c8cc"}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-50a4-7672-b8e4-4fc655bf1db5', NULL),
	(80, '2026-11-27 10:35:46.230885+00', 1510765, 'scheme_section', '01a21c93-50b5-744e-8ed6-a5dcc844c293', 'insert', '{"id": "01a21c93-50b5-744e-8ed6-a5dcc844c293", "end": 4, "path": "", "text": "一、样例", "start": 0, "heading": "", "parent_id": null, "version_id": "01a21c93-50ac-7652-a13c-fa6171d4f330"}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-50a4-7672-b8e4-4fc655bf1db5', NULL),
	(81, '2026-11-27 10:35:46.240695+00', 1510765, 'scheme_task', '01a21c93-50b7-77c2-b336-3e342cf71866', 'insert', '{"id": "01a21c93-50b7-77c2-b336-3e342cf71866", "path": "", "title": "任务56", "due_on": null, "ledgers": [], "frequency": "quarter", "scheme_id": "01a21c93-50a5-77c5-b32c-806ff8c4817c", "indicators": [], "section_id": "01a21c93-50b5-744e-8ed6-a5dcc844c293", "previous_id": null}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-50a4-7672-b8e4-4fc655bf1db5', NULL),
	(82, '2026-11-27 10:35:46.246985+00', 1510765, 'scheme_duty', '01a21c93-50c5-770a-a076-b5735a1f79a3', 'insert', '{"id": "01a21c93-50c5-770a-a076-b5735a1f79a3", "end": null, "name": "县人力资源和社会保障局", "role": "lead", "start": null, "task_id": "01a21c93-50b7-77c2-b336-3e342cf71866", "unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "group_id": null}', NULL, 'system:a task for the samples', 'a task for the samples', '01a21c93-50a4-7672-b8e4-4fc655bf1db5', NULL),
	(83, '2026-11-27 10:35:46.264719+00', 1510765, 'scheme_progressreport', '01a21c93-50d4-75a3-b2b6-6c750a99ebcf', 'insert', '{"id": "01a21c93-50d4-75a3-b2b6-6c750a99ebcf", "side": "west", "extra": {}, "state": "verified", "period": "2021Q3", "percent": 1.00, "sharing": "shared", "task_id": "01a21c93-50b7-77c2-b336-3e342cf71866", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "narrative": "样例00057", "next_steps": "样例00058", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-5087-75f2-9a29-29455fc00e57', NULL),
	(84, '2026-11-27 10:35:46.285688+00', 1510770, 'scheme_progressreport', '01a21c93-50d4-75a3-b2b6-6c750a99ebcf', 'update', '{"id": "01a21c93-50d4-75a3-b2b6-6c750a99ebcf", "side": "west", "extra": {}, "state": "verified", "period": "2021Q3", "percent": 1.00, "sharing": "shared", "task_id": "01a21c93-50b7-77c2-b336-3e342cf71866", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "narrative": "样例00057", "next_steps": "样例00058", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', '{"place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-50dd-77b3-a7bc-7848f09c3f95', NULL),
	(85, '2026-11-27 10:35:46.334816+00', 1510772, 'funds_aidagreement', '01a21c93-511c-7751-a0d9-bead7a4a814c', 'insert', '{"id": "01a21c93-511c-7751-a0d9-bead7a4a814c", "side": "west", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00060", "number": "样例00059", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-50fd-745c-9c38-66ded310a5b2', NULL),
	(86, '2026-11-27 10:35:46.361681+00', 1510773, 'funds_aidagreement', '01a21c93-511c-7751-a0d9-bead7a4a814c', 'update', '{"id": "01a21c93-511c-7751-a0d9-bead7a4a814c", "side": "west", "extra": {}, "state": "verified", "amount": 4000.37, "clause": "样例00060", "number": "样例00059", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b"}', '{"amount": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-5132-7728-ad10-5c5eefa14547', NULL),
	(87, '2026-11-27 10:35:46.447868+00', 1510777, 'funds_aidagreement', '01a21c93-518d-739c-85a2-7b9e01a43955', 'insert', '{"id": "01a21c93-518d-739c-85a2-7b9e01a43955", "side": "west", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00063", "number": "样例00062", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-514d-705c-bc58-73f9ff9c99d1', NULL),
	(88, '2026-11-27 10:35:46.456842+00', 1510777, 'funds_transferreceived', '01a21c93-5194-7727-93b1-fa07b18cb63a', 'insert', '{"id": "01a21c93-5194-7727-93b1-fa07b18cb63a", "note": "样例00064", "side": "west", "extra": {}, "state": "verified", "amount": 1.00, "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "received_on": "2021-09-01", "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-518d-739c-85a2-7b9e01a43955", "source_level": "province", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "voucher_number": "样例00061"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-514d-705c-bc58-73f9ff9c99d1', NULL),
	(89, '2026-11-27 10:35:46.475363+00', 1510779, 'funds_transferreceived', '01a21c93-5194-7727-93b1-fa07b18cb63a', 'update', '{"id": "01a21c93-5194-7727-93b1-fa07b18cb63a", "note": "样例00064", "side": "west", "extra": {}, "state": "verified", "amount": 5000.37, "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "received_on": "2021-09-01", "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-518d-739c-85a2-7b9e01a43955", "source_level": "province", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "voucher_number": "样例00061"}', '{"amount": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-519a-7407-9dac-4042692f9fd3', NULL),
	(90, '2026-11-27 10:35:46.552889+00', 1510783, 'funds_aidagreement', '01a21c93-51f4-700c-b999-4d1bc1b9453b', 'insert', '{"id": "01a21c93-51f4-700c-b999-4d1bc1b9453b", "side": "west", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00068", "number": "样例00067", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-51bb-7741-ab97-c9bcde08c18e', NULL),
	(91, '2026-11-27 10:35:46.555882+00', 1510783, 'funds_project', '01a21c93-51f9-761e-be2d-faa03a7a899f', 'insert', '{"id": "01a21c93-51f9-761e-be2d-faa03a7a899f", "code": "样例00065", "kind": "industry", "name": "样例00066", "side": "west", "extra": {}, "stage": "planned", "state": "verified", "budget": 1.00, "people": 1, "period": "2021", "content": "样例00069", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "progress": 1.00, "import_id": null, "households": 1, "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-51f4-700c-b999-4d1bc1b9453b", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "ex_poor_people": 1, "planned_end_on": null, "planned_start_on": null}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-51bb-7741-ab97-c9bcde08c18e', NULL),
	(92, '2026-11-27 10:35:46.589611+00', 1510785, 'funds_project', '01a21c93-51f9-761e-be2d-faa03a7a899f', 'update', '{"id": "01a21c93-51f9-761e-be2d-faa03a7a899f", "code": "样例00065", "kind": "industry", "name": "样例00066", "side": "west", "extra": {}, "stage": "planned", "state": "verified", "budget": 6000.37, "people": 1, "period": "2021", "content": "样例00069", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "progress": 1.00, "import_id": null, "households": 1, "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-51f4-700c-b999-4d1bc1b9453b", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "ex_poor_people": 1, "planned_end_on": null, "planned_start_on": null}', '{"budget": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-5208-73c1-9b65-13da5ab7e02a', NULL),
	(93, '2026-11-27 10:35:46.666779+00', 1510788, 'funds_aidagreement', '01a21c93-5268-72cc-86ef-d2b2d48f9f54', 'insert', '{"id": "01a21c93-5268-72cc-86ef-d2b2d48f9f54", "side": "west", "extra": {}, "state": "verified", "amount": 1.00, "clause": "样例00074", "number": "样例00073", "period": "2021", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "signed_on": "2021-09-01", "partner_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "row_version": 1, "verified_at": null, "verified_by": "", "confirmed_at": null, "confirmed_by": "", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "partner_unit_id": "01a21c93-3fc4-717b-8567-f1682df1f97b"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-5226-7518-a95a-7ac19a92ad0a', NULL),
	(94, '2026-11-27 10:35:46.688849+00', 1510788, 'funds_project', '01a21c93-5278-7494-bade-27178e19e480', 'insert', '{"id": "01a21c93-5278-7494-bade-27178e19e480", "code": "样例00071", "kind": "industry", "name": "样例00072", "side": "west", "extra": {}, "stage": "planned", "state": "verified", "budget": 1.00, "people": 1, "period": "2021", "content": "样例00075", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "progress": 1.00, "import_id": null, "households": 1, "row_version": 1, "verified_at": null, "agreement_id": "01a21c93-5268-72cc-86ef-d2b2d48f9f54", "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "ex_poor_people": 1, "planned_end_on": null, "planned_start_on": null}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-5226-7518-a95a-7ac19a92ad0a', NULL),
	(95, '2026-11-27 10:35:46.696869+00', 1510788, 'funds_payment', '01a21c93-5281-7592-92e1-576bb199d34e', 'insert', '{"id": "01a21c93-5281-7592-92e1-576bb199d34e", "kind": "advance", "side": "west", "extra": {}, "payee": "样例00076", "state": "verified", "amount": 1.00, "period": "2021-09", "paid_on": "2021-09-01", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "project_id": "01a21c93-5278-7494-bade-27178e19e480", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "voucher_number": "样例00070"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-5226-7518-a95a-7ac19a92ad0a', NULL),
	(96, '2026-11-27 10:35:46.719345+00', 1510791, 'funds_payment', '01a21c93-5281-7592-92e1-576bb199d34e', 'update', '{"id": "01a21c93-5281-7592-92e1-576bb199d34e", "kind": "advance", "side": "west", "extra": {}, "payee": "样例00076", "state": "verified", "amount": 7000.37, "period": "2021-09", "paid_on": "2021-09-01", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "project_id": "01a21c93-5278-7494-bade-27178e19e480", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "voucher_number": "样例00070"}', '{"amount": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-5294-75d7-ad38-2f0ff61ad0aa', NULL),
	(97, '2026-11-27 10:35:46.792865+00', 1510795, 'parties_person', '01a21c93-52e0-76ad-8db6-0582cd18f905', 'insert', '{"id": "01a21c93-52e0-76ad-8db6-0582cd18f905", "sex": "male", "name": "样例00077", "side": "west", "extra": {}, "phone": "v1.k1.O0bH5n0X8yH_8hBBDve1NWIWn6jvfSw1rw60e-F2b0TjcyMiFRUw", "state": "verified", "period": "", "pinyin": "yangli00077", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00077", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "phone_index": "bcd2ef872c42e1a47de6438bced53427", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "identity_number": "v1.k1.fqkbC4XkCBGqxhn3xkfoi6mFhJlvuBwFmus9lXEtvsUVnC9VdPdEIWDSzMYT8w", "identity_number_index": "a24aee1ff50e7859dffbbf3eb96c874e"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-52b7-70ee-a1ad-7cda640312bd', NULL),
	(98, '2026-11-27 10:35:46.800735+00', 1510795, 'labour_workerregistration', '01a21c93-52ec-70ee-ae02-6ce879f863ed', 'insert', '{"id": "01a21c93-52ec-70ee-ae02-6ce879f863ed", "side": "west", "wish": "east", "extra": {}, "state": "verified", "period": "", "skills": "样例00080", "status": "waiting", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "education": "primary", "import_id": null, "person_id": "01a21c93-52e0-76ad-8db6-0582cd18f905", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "registered_on": "2021-09-01", "return_reason": "", "last_contact_on": null}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-52b7-70ee-a1ad-7cda640312bd', NULL),
	(99, '2026-11-27 10:35:46.827144+00', 1510796, 'labour_workerregistration', '01a21c93-52ec-70ee-ae02-6ce879f863ed', 'update', '{"id": "01a21c93-52ec-70ee-ae02-6ce879f863ed", "side": "west", "wish": "east", "extra": {}, "state": "verified", "period": "", "skills": "样例00080", "status": "waiting", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "education": "primary", "import_id": null, "person_id": "01a21c93-52e0-76ad-8db6-0582cd18f905", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "registered_on": "2021-09-01", "return_reason": "", "last_contact_on": null}', '{"place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-52f9-73e8-959b-eb1f178c7d9e', NULL),
	(100, '2026-11-27 10:35:46.888324+00', 1510799, 'parties_person', '01a21c93-5345-70de-90fa-92cf1c41cf74', 'insert', '{"id": "01a21c93-5345-70de-90fa-92cf1c41cf74", "sex": "male", "name": "样例00081", "side": "west", "extra": {}, "phone": "v1.k1.hxEnFWjjKNmL8jA-CgKe9mWXgfNCIvtK-XMxY6TybHnqWibeMxqB", "state": "verified", "period": "", "pinyin": "yangli00081", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00081", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "phone_index": "46b8f5d2de38ea88d6a21981a1b02b33", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "identity_number": "v1.k1.P9z_fpbnc52F9ak1_PKdknEDsnrzbbizKJqC8PfPJI9TBahiRhC87T_eDpJ9_A", "identity_number_index": "986db3854728290c1f5c492b419e3bd6"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-531c-76ea-ab75-5b79e5f7e3bd', NULL),
	(101, '2026-11-27 10:35:46.934233+00', 1510799, 'parties_body', '01a21c93-5362-7703-98a8-81d39e23e95b', 'insert', '{"id": "01a21c93-5362-7703-98a8-81d39e23e95b", "kind": "enterprise", "name": "样例00084", "side": "west", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00084", "address": "样例00086", "sharing": "shared", "initials": "yl00084", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "credit_code": "91990101000000852H", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-531c-76ea-ab75-5b79e5f7e3bd', NULL),
	(102, '2026-11-27 10:35:46.944961+00', 1510799, 'labour_employmentspell', '01a21c93-5377-77d7-bacc-229dade09e31', 'insert', '{"id": "01a21c93-5377-77d7-bacc-229dade09e31", "post": "样例00088", "side": "west", "extra": {}, "state": "verified", "period": "2021Q3", "channel": "organised", "sharing": "shared", "ended_on": null, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "person_id": "01a21c93-5345-70de-90fa-92cf1c41cf74", "is_insured": true, "started_on": "2021-09-01", "destination": "county", "employer_id": "01a21c93-5362-7703-98a8-81d39e23e95b", "row_version": 1, "verified_at": null, "has_contract": true, "submitted_at": null, "submitted_by": "system:samples", "employer_name": "样例00087", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-531c-76ea-ab75-5b79e5f7e3bd', NULL),
	(103, '2026-11-27 10:35:46.961783+00', 1510803, 'labour_employmentspell', '01a21c93-5377-77d7-bacc-229dade09e31', 'update', '{"id": "01a21c93-5377-77d7-bacc-229dade09e31", "post": "样例00088", "side": "west", "extra": {}, "state": "verified", "period": "2021Q3", "channel": "organised", "sharing": "shared", "ended_on": null, "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "import_id": null, "person_id": "01a21c93-5345-70de-90fa-92cf1c41cf74", "is_insured": true, "started_on": "2021-09-01", "destination": "county", "employer_id": "01a21c93-5362-7703-98a8-81d39e23e95b", "row_version": 1, "verified_at": null, "has_contract": true, "submitted_at": null, "submitted_by": "system:samples", "employer_name": "样例00087", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', '{"place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-5385-756d-93d9-7f00c3e8196c', NULL),
	(104, '2026-11-27 10:35:47.052926+00', 1510805, 'parties_person', '01a21c93-53e0-7447-8d3f-e804dbe216a2', 'insert', '{"id": "01a21c93-53e0-7447-8d3f-e804dbe216a2", "sex": "male", "name": "样例00089", "side": "west", "extra": {}, "phone": "v1.k1._KgzEx3AY6twLk3qEAaznprWT8mZQBt1ulrJfEj7QubcaLFm_C0_", "state": "verified", "period": "", "pinyin": "yangli00089", "born_on": null, "sharing": "shared", "category": "ordinary", "initials": "yl00089", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "phone_index": "d5cc85e2d234ba46e1f9fa97409dcddc", "row_version": 1, "verified_at": null, "is_relocated": true, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": "", "identity_number": "v1.k1.YweSteZ-VoKWiBOLJHp8t3M-nKvz4m3Xl6vH9d8h0iCLoyvodzCASOTRyoB5Kw", "identity_number_index": "c69ff59cb3552e5ae637e15bd51ea2af"}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-53a4-74ed-8057-3c21e4efd652', NULL),
	(105, '2026-11-27 10:35:47.076841+00', 1510805, 'parties_body', '01a21c93-5400-73b9-b78d-f180ac131ee5', 'insert', '{"id": "01a21c93-5400-73b9-b78d-f180ac131ee5", "kind": "enterprise", "name": "样例00092", "side": "west", "extra": {}, "state": "verified", "period": "", "pinyin": "yangli00092", "address": "样例00094", "sharing": "shared", "initials": "yl00092", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "credit_code": "919901010000009325", "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-53a4-74ed-8057-3c21e4efd652', NULL),
	(106, '2026-11-27 10:35:47.079764+00', 1510805, 'labour_employmentspell', '01a21c93-5405-77d5-a7ee-14aa29cd360b', 'insert', '{"id": "01a21c93-5405-77d5-a7ee-14aa29cd360b", "post": "样例00096", "side": "west", "extra": {}, "state": "verified", "period": "2021Q3", "channel": "organised", "sharing": "shared", "ended_on": null, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "import_id": null, "person_id": "01a21c93-53e0-7447-8d3f-e804dbe216a2", "is_insured": true, "started_on": "2021-09-01", "destination": "county", "employer_id": "01a21c93-5400-73b9-b78d-f180ac131ee5", "row_version": 1, "verified_at": null, "has_contract": true, "submitted_at": null, "submitted_by": "system:samples", "employer_name": "样例00095", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-53a4-74ed-8057-3c21e4efd652', NULL),
	(107, '2026-11-27 10:35:47.094962+00', 1510805, 'labour_monthlyfact', '01a21c93-5415-737a-8ade-a1d641661ebe', 'insert', '{"id": "01a21c93-5415-737a-8ade-a1d641661ebe", "side": "west", "wage": 1.00, "extra": {}, "state": "verified", "period": "2021-09", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d", "spell_id": "01a21c93-5405-77d5-a7ee-14aa29cd360b", "import_id": null, "is_in_post": true, "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', NULL, 'system:rows for the attackers', 'rows for the attackers', '01a21c93-53a4-74ed-8057-3c21e4efd652', NULL),
	(108, '2026-11-27 10:35:47.11796+00', 1510808, 'labour_monthlyfact', '01a21c93-5415-737a-8ade-a1d641661ebe', 'update', '{"id": "01a21c93-5415-737a-8ade-a1d641661ebe", "side": "west", "wage": 10000.37, "extra": {}, "state": "verified", "period": "2021-09", "sharing": "shared", "place_id": "01a21c93-3966-76b5-a50b-2e26f032d4be", "spell_id": "01a21c93-5405-77d5-a7ee-14aa29cd360b", "import_id": null, "is_in_post": true, "row_version": 1, "verified_at": null, "submitted_at": null, "submitted_by": "system:samples", "owner_unit_id": "01a21c93-3fc4-717b-8567-f16d580dbb55", "return_reason": ""}', '{"wage": 1.00, "place_id": "01a21c93-3966-76b5-a50b-2e25eeba780d"}', 'system:a fixture', 'a fixture', '01a21c93-5418-75ed-80d0-72b33ad0ad32', NULL),
	(109, '2026-11-27 10:35:47.237748+00', 1510813, 'parties_person', '01a21c93-546c-7418-a059-8fe72402bf96', 'insert', '{"id": "01a21c93-546c-7418-a059-8fe72402bf96", "sex": "", "name": "样例00097", "side": "east", "extra": {}, "phone": "", "state": "draft", "period": "", "pinyin": "yangli00097", "born_on": null, "sharing": "private", "category": "ordinary", "initials": "yl00097", "place_id": null, "import_id": null, "phone_index": null, "row_version": 1, "verified_at": null, "is_relocated": false, "submitted_at": null, "submitted_by": "", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.98XqAgqbFb30N9YC7j_6loxmKN4fdoXGqRQpbPdcR8er7fwsfq7cPVeORNCVMg", "identity_number_index": "4256cefded94f981addd4ece36db80a7"}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-5464-749a-b2a5-d75c66122453', NULL),
	(110, '2026-11-27 10:35:47.359564+00', 1510813, 'labour_employmentspell', '01a21c93-54b0-754a-a3cd-c1887ab26963', 'insert', '{"id": "01a21c93-54b0-754a-a3cd-c1887ab26963", "post": "样例00099", "side": "east", "extra": {}, "state": "draft", "period": "2021Q3", "channel": "own", "sharing": "shared", "ended_on": null, "place_id": null, "import_id": null, "person_id": "01a21c93-546c-7418-a059-8fe72402bf96", "is_insured": false, "started_on": "2021-09-01", "destination": "county", "employer_id": null, "row_version": 1, "verified_at": null, "has_contract": false, "submitted_at": null, "submitted_by": "", "employer_name": "样例用工单位", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-544d-7080-a067-db1bc375a1f3', NULL),
	(111, '2026-11-27 10:35:47.488649+00', 1510813, 'labour_employmentspell', '01a21c93-54b0-754a-a3cd-c1887ab26963', 'update', '{"id": "01a21c93-54b0-754a-a3cd-c1887ab26963", "post": "样例00099", "side": "east", "extra": {}, "state": "submitted", "period": "2021Q3", "channel": "own", "sharing": "shared", "ended_on": null, "place_id": null, "import_id": null, "person_id": "01a21c93-546c-7418-a059-8fe72402bf96", "is_insured": false, "started_on": "2021-09-01", "destination": "county", "employer_id": null, "row_version": 2, "verified_at": null, "has_contract": false, "submitted_at": "2021-09-24T01:00:00+00:00", "submitted_by": "01a21c93-4aee-7502-8967-c1e635f4e38b", "employer_name": "样例用工单位", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', '{"state": "draft", "row_version": 1, "submitted_at": null, "submitted_by": ""}', '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-544d-7080-a067-db1bc375a1f3', NULL),
	(112, '2026-11-27 10:35:47.567448+00', 1510828, 'labour_employmentspell', '01a21c93-54b0-754a-a3cd-c1887ab26963', 'update', '{"id": "01a21c93-54b0-754a-a3cd-c1887ab26963", "post": "样例00099", "side": "east", "extra": {}, "state": "returned", "period": "2021Q3", "channel": "own", "sharing": "shared", "ended_on": null, "place_id": null, "import_id": null, "person_id": "01a21c93-546c-7418-a059-8fe72402bf96", "is_insured": false, "started_on": "2021-09-01", "destination": "county", "employer_id": null, "row_version": 3, "verified_at": null, "has_contract": false, "submitted_at": "2021-09-24T01:00:00+00:00", "submitted_by": "01a21c93-4aee-7502-8967-c1e635f4e38b", "employer_name": "样例用工单位", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "电话少一位"}', '{"state": "submitted", "row_version": 2, "return_reason": ""}', '01a21c93-4aee-7502-8967-c1e8ddc76e70', '电话少一位', '01a21c93-55a5-761d-98e4-157813315e4f', NULL),
	(113, '2026-11-27 10:35:47.691885+00', 1510833, 'labour_employmentspell', '01a21c93-54b0-754a-a3cd-c1887ab26963', 'update', '{"id": "01a21c93-54b0-754a-a3cd-c1887ab26963", "post": "样例00099", "side": "east", "extra": {}, "state": "submitted", "period": "2021Q3", "channel": "own", "sharing": "shared", "ended_on": null, "place_id": null, "import_id": null, "person_id": "01a21c93-546c-7418-a059-8fe72402bf96", "is_insured": false, "started_on": "2021-09-01", "destination": "county", "employer_id": null, "row_version": 4, "verified_at": null, "has_contract": false, "submitted_at": "2021-09-24T01:00:00+00:00", "submitted_by": "01a21c93-4aee-7502-8967-c1e635f4e38b", "employer_name": "样例用工单位", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', '{"state": "returned", "row_version": 3, "return_reason": "电话少一位"}', '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-55fd-7158-8a44-9501cb4e4b68', NULL),
	(114, '2026-11-27 10:35:47.748741+00', 1510838, 'parties_person', '01a21c93-568a-7038-8d3f-d4561b7378c1', 'insert', '{"id": "01a21c93-568a-7038-8d3f-d4561b7378c1", "sex": "", "name": "样例00100", "side": "east", "extra": {}, "phone": "", "state": "draft", "period": "", "pinyin": "yangli00100", "born_on": null, "sharing": "private", "category": "ordinary", "initials": "yl00100", "place_id": null, "import_id": null, "phone_index": null, "row_version": 1, "verified_at": null, "is_relocated": false, "submitted_at": null, "submitted_by": "", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": "", "identity_number": "v1.k1.eYAWvGqY4vAEJFjZI3FRIEqhucD8kvmWOmGMbYUeiLpXLSA41l0gnP_Ibv01nA", "identity_number_index": "b01cfc5f9e1f97873f5adfbe84bfcd02"}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-567a-7331-bd74-2147dc704b36', NULL),
	(115, '2026-11-27 10:35:47.814016+00', 1510838, 'labour_employmentspell', '01a21c93-56ac-71e4-934a-75f8923108cd', 'insert', '{"id": "01a21c93-56ac-71e4-934a-75f8923108cd", "post": "样例00102", "side": "east", "extra": {}, "state": "draft", "period": "2021Q3", "channel": "own", "sharing": "shared", "ended_on": null, "place_id": null, "import_id": null, "person_id": "01a21c93-568a-7038-8d3f-d4561b7378c1", "is_insured": false, "started_on": "2021-09-01", "destination": "county", "employer_id": null, "row_version": 1, "verified_at": null, "has_contract": false, "submitted_at": null, "submitted_by": "", "employer_name": "样例用工单位", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "return_reason": ""}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-5678-720f-b8b3-a5ffeb245694', NULL),
	(116, '2026-11-27 10:35:47.894218+00', 1510848, 'kernel_evidencefile', '01a21c93-5714-738f-a683-fb202b9be20b', 'insert', '{"id": "01a21c93-5714-738f-a683-fb202b9be20b", "side": "east", "size": 549, "digest": "5f962cc2aa7e10e423d0d8780fd4c4feb32fa4fc8df2ca54a6bc7a9c4528aca2", "shot_at": null, "latitude": null, "longitude": null, "stored_at": "2021-09-24T01:00:00+00:00", "content_type": "application/pdf"}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-56f6-76c0-8f8a-bcf9a8b65bd4', NULL),
	(117, '2026-11-27 10:35:47.935347+00', 1510848, 'kernel_evidencelink', '01a21c93-575c-7249-a316-8002265e3640', 'insert', '{"id": "01a21c93-575c-7249-a316-8002265e3640", "name": "合同.pdf", "ledger": "labour.employmentspell", "row_id": "01a21c93-56ac-71e4-934a-75f8923108cd", "file_id": "01a21c93-5714-738f-a683-fb202b9be20b", "removed_at": null, "attached_at": "2021-09-24T01:00:00+00:00", "attached_by": "01a21c93-4aee-7502-8967-c1e635f4e38b", "evidence_class": "contract"}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-56f6-76c0-8f8a-bcf9a8b65bd4', NULL),
	(118, '2026-11-27 10:35:47.964649+00', 1510848, 'kernel_savedview', '01a21c93-5774-76f2-9ea9-ad1bf3effa38', 'insert', '{"id": "01a21c93-5774-76f2-9ea9-ad1bf3effa38", "name": "草稿", "side": "east", "query": "state=draft", "ledger": "labour.employmentspell", "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "audience": "own", "owner_id": "01a21c93-4aee-7502-8967-c1e635f4e38b"}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-56f6-76c0-8f8a-bcf9a8b65bd4', NULL),
	(119, '2026-11-27 10:35:47.981094+00', 1510848, 'kernel_fieldreading', '01a21c93-5788-74a9-ac4b-030cda3f503d', 'insert', '{"id": "01a21c93-5788-74a9-ac4b-030cda3f503d", "side": "east", "field": "identity_number", "ledger": "parties.person", "reason": "核对身份", "row_id": "01a21c93-568a-7038-8d3f-d4561b7378c1", "read_at": "2021-09-24T01:00:00+00:00", "read_by": "01a21c93-4aee-7502-8967-c1e635f4e38b", "value_index": "00000000000000000000000000000000"}', NULL, '01a21c93-4aee-7502-8967-c1e635f4e38b', '', '01a21c93-56f6-76c0-8f8a-bcf9a8b65bd4', NULL),
	(120, '2026-11-27 10:35:48.038945+00', 1510854, 'kernel_customfield', '01a21c93-57a8-75bb-a1ea-7cac3ef6443a', 'insert', '{"id": "01a21c93-57a8-75bb-a1ea-7cac3ef6443a", "key": "fc3ef6443a", "help": "", "kind": "text", "title": "带队干部", "ledger": "labour.employmentspell", "options": [], "ordinal": 1, "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "decimals": null, "is_listed": true, "retired_at": null, "is_personal": false, "is_required": false, "measure_unit": ""}', NULL, '01a21c93-4aee-7502-8967-c1e9a66aad1a', '', '01a21c93-579a-7329-90bf-740d10c4882e', NULL),
	(121, '2026-11-27 10:35:48.168894+00', 1510862, 'kernel_obligationrule', '01a21c93-5846-777e-83ce-a2d52cb23d87', 'insert', '{"id": "01a21c93-5846-777e-83ce-a2d52cb23d87", "side": "east", "ledger": "labour.monthlyfact", "source": "方案", "due_days": 10, "valid_to": null, "frequency": "month", "lock_days": 20, "open_days": null, "valid_from": "2021-01-01", "minimum_rows": 1}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5844-71a9-9bda-71c3e0f04b82', NULL),
	(122, '2026-11-27 10:35:48.177205+00', 1510862, 'kernel_obligation', '01a21c93-584c-7709-904c-1ba5fbd27f3c', 'insert', '{"id": "01a21c93-584c-7709-904c-1ba5fbd27f3c", "side": "east", "due_on": "2021-08-10", "ledger": "labour.monthlyfact", "nil_at": null, "nil_by": "", "period": "2021-07", "rule_id": "01a21c93-5846-777e-83ce-a2d52cb23d87", "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "nil_reason": "", "minimum_rows": 1}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5844-71a9-9bda-71c3e0f04b82', NULL),
	(123, '2026-11-27 10:35:48.193104+00', 1510862, 'kernel_periodreopening', '01a21c93-5858-7169-83da-cacbd74bee8d', 'insert', '{"id": "01a21c93-5858-7169-83da-cacbd74bee8d", "side": "east", "until": "2021-09-25T01:00:00+00:00", "ledger": "labour.monthlyfact", "period": "2021-07", "reason": "停电", "unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71", "ended_at": null, "ended_by": "", "opened_at": "2021-09-24T01:00:00+00:00", "opened_by": "system:fixture"}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5844-71a9-9bda-71c3e0f04b82', NULL),
	(124, '2026-11-27 10:35:48.205022+00', 1510862, 'kernel_amendment', '01a21c93-586b-70ee-82f9-8243b620e013', 'insert', '{"id": "01a21c93-586b-70ee-82f9-8243b620e013", "side": "east", "after": {"wage": "2.00"}, "party": "own", "state": "proposed", "before": {"wage": "1.00"}, "ledger": "labour.monthlyfact", "period": "", "reason": "抄错了", "row_id": "01a21c93-4fcd-706d-a386-3346fb56ee0d", "decision": "", "agreed_at": null, "agreed_by": "", "decided_at": null, "handled_by": "", "proposed_at": "2021-09-24T01:00:00+00:00", "proposed_by": "system:fixture", "owner_unit_id": "01a21c93-3fc4-717b-8567-f1695e8f0f71"}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5844-71a9-9bda-71c3e0f04b82', NULL),
	(125, '2026-11-27 10:35:48.21323+00', 1510862, 'appraisal_indicatortarget', '01a21c93-5870-7742-b9a2-c380cc5d2f84', 'insert', '{"id": "01a21c93-5870-7742-b9a2-c380cc5d2f84", "code": "FUN-1", "side": "east", "year": 2021, "value": 7.0000, "source": "协议", "unit_id": null, "place_id": null}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5844-71a9-9bda-71c3e0f04b82', NULL),
	(126, '2026-11-27 10:35:48.224599+00', 1510862, 'appraisal_indicatortarget', '01a21c93-5878-73fc-b0b9-7f6766544ddb', 'insert', '{"id": "01a21c93-5878-73fc-b0b9-7f6766544ddb", "code": "FUN-1", "side": "west", "year": 2021, "value": 7.0000, "source": "协议", "unit_id": null, "place_id": null}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5844-71a9-9bda-71c3e0f04b82', NULL),
	(127, '2026-11-27 10:35:48.237071+00', 1510866, 'accounts_apitoken', '01a21c93-5889-7447-966b-8a0032757f82', 'insert', '{"id": "01a21c93-5889-7447-966b-8a0032757f82", "acts": ["view"], "name": "取数", "ending": "rill", "ledgers": ["labour.employmentspell"], "made_at": "2026-11-27T10:35:48.233184+00:00", "user_id": "01a21c93-4aee-7502-8967-c1e635f4e38b", "expires_at": "2026-12-27T10:35:48.232968+00:00", "revoked_at": null}', NULL, 'system:a fixture', 'a fixture', '01a21c93-5888-7029-940f-9bbb921a8592', NULL);
INSERT INTO public.kernel_historyretention VALUES
	('d48d15c6-d67c-5c60-a0d9-1badcfd05406', '2017-06-01', NULL, '《网络安全法》第二十一条：留存相关的网络日志不少于六个月', 6);
INSERT INTO public.kernel_job VALUES
	('01a21c93-5920-76b8-b08c-e6798aaec4df', 'export', '导出“务工就业”', '{"query": "", "format": "csv", "ledger": "labour.employmentspell"}', 'done', 6, 6, '', '{"name": "务工就业_20210924_0900.csv", "path": ".csv", "text": "下载（6 行）"}', false, '2021-09-24 01:00:00+00', '2021-09-24 01:00:00+00', '2021-09-24 01:00:00+00', '01a21c93-4aee-7502-8967-c1e635f4e38b', 1, '{}');
INSERT INTO public.kernel_obligation VALUES
	('01a21c93-584c-7709-904c-1ba5fbd27f3c', 'labour.monthlyfact', 'east', '2021-07', '2021-08-10', 1, NULL, '', '', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-5846-777e-83ce-a2d52cb23d87');
INSERT INTO public.kernel_obligationrule VALUES
	('01a21c93-5846-777e-83ce-a2d52cb23d87', 'labour.monthlyfact', 'east', 'month', 10, 1, '2021-01-01', NULL, '方案', 20, NULL);
INSERT INTO public.kernel_periodreopening VALUES
	('01a21c93-5858-7169-83da-cacbd74bee8d', 'labour.monthlyfact', 'east', '2021-07', '2021-09-25 01:00:00+00', '停电', '2021-09-24 01:00:00+00', 'system:fixture', NULL, '', '01a21c93-3fc4-717b-8567-f1695e8f0f71');
INSERT INTO public.kernel_savedview VALUES
	('01a21c93-5774-76f2-9ea9-ad1bf3effa38', 'labour.employmentspell', 'east', '草稿', 'state=draft', 'own', '01a21c93-4aee-7502-8967-c1e635f4e38b', '01a21c93-3fc4-717b-8567-f1695e8f0f71');
INSERT INTO public.kernel_sealblock VALUES
	(1, 'sha256', '7712432195045886563/4042975', 0, 0, 1510857, 120, 120, '[["202611", 120, "6ffd1622ffb7aca720f79d7cf399f412b9c598a2c54d40cb805fc54db5dbc5ab"]]', '\x55557df40c0c44e7d5919543ccc7adec80c544e6f293dca5ce89b27376096541816384ffa6528a0b7dc720e73e7d9bddfd55b4e058a183697fcd530c880af3737ea50690804874db10840a0252e547584d497f8ea63d864e76e5ea1ac4ffd2a28535c57931e38c1ea5644a441ae19c286e17d2303148700936c7230018321b7c4492ff007b661c8e04380c56c2d5b947c3ef6144b02e3c53058dd2ac8fde716f3c1768e4609931caff77b806ec858fff495c7bfac8957e1d17222eb07f4825bd5281e6a1594270cd56d8410597d6df66e2abaf61d6d0ecdf9c369ca2caf23fa5139cdd6fe0b4070e048d4b611e621ba432e9e11d9306ceafe4e26db2536a251bc9ed4963a02a31d9fbd3f41791220aa5c3eb1e2ebf9eae7144620f37559cdaf8e187d89af5b1b9efd042ce3129a20fe600265b46280da84a695f3f8c399afc8911e10a5cb37bce56ee853096742e0731ed1556fd21507b8d55f3d8076e4659b52b843afe5496e1aba6f75cac381a9f670a71c2608f82b277382ee3df799c6277b035e4d06306efd1305b2982f0f25fa3636f7f09493f0087eb3fb7e80a4bd096590adc2f811569a7585114042d11bad41e6ba2cdee9fe9cdbe597f09ef229a544292836b4d8bc2a98a7ad9f8feb5992eab85da289830e00ddc8c31716486419d', '2026-11-27 10:35:48.133812+00', '\x', '\x1de7c1971734b66b8e1d4387de4d6239c25167580f6c888164f0d6667b948aaa'),
	(2, 'sha256', '7712432195045886563/4042975', 0, 1510857, 1510867, 7, 127, '[["202611", 7, "afa24b7301239de03f992e38a3a90379a0e1cc0bc64bde451aa1cb76f7a6c66e"]]', '\xddb671509b015029daad20e276b93215af8774029cfc25c44f249dd8', '2026-11-27 10:35:48.270601+00', '\x1de7c1971734b66b8e1d4387de4d6239c25167580f6c888164f0d6667b948aaa', '\xc44e05c16cb53a45b64548acd5d5631016f935839e3b30bbdaa63b1f31b7f085');
INSERT INTO public.labour_destinationgroup VALUES
	('cfcc0032-12f0-589c-a3d0-63a33297ef92', '2020-01-01', NULL, '东西部协作就业统计通行口径：东部结对省、西部省内就近、其他地区', 'county', 'nearby'),
	('7ee181c7-8d98-575d-801a-02b8929894c2', '2020-01-01', NULL, '东西部协作就业统计通行口径：东部结对省、西部省内就近、其他地区', 'province', 'nearby'),
	('c46da421-b4f5-5777-8fe9-9a69d8fa22eb', '2020-01-01', NULL, '东西部协作就业统计通行口径：东部结对省、西部省内就近、其他地区', 'paired_city', 'east'),
	('29b6571f-97f6-5a52-ab10-61a2b3a2f70f', '2020-01-01', NULL, '东西部协作就业统计通行口径：东部结对省、西部省内就近、其他地区', 'paired_province', 'east'),
	('487fc06d-f698-5046-a985-75b7bea98d15', '2020-01-01', NULL, '东西部协作就业统计通行口径：东部结对省、西部省内就近、其他地区', 'elsewhere', 'other');
INSERT INTO public.labour_employmentspell VALUES
	('01a21c93-4f30-7751-b12e-c901d41f60a3', 'east', '2021Q3', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00039', '样例00040', 'county', '2021-09-01', NULL, true, true, 'organised', '01a21c93-4f29-74b9-9507-3d78eedb7d1c', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-4f0c-7368-9f59-7e69461abbd8', '01a21c93-3966-76b5-a50b-2e24566116a0'),
	('01a21c93-4fc8-7639-91c7-61287bf593e5', 'east', '2021Q3', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00047', '样例00048', 'county', '2021-09-01', NULL, true, true, 'organised', '01a21c93-4fb8-70a1-805b-49312e550da9', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-4fa0-762e-9999-eac2be966d01', '01a21c93-3966-76b5-a50b-2e2307b6cfde'),
	('01a21c93-5377-77d7-bacc-229dade09e31', 'west', '2021Q3', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00087', '样例00088', 'county', '2021-09-01', NULL, true, true, 'organised', '01a21c93-5362-7703-98a8-81d39e23e95b', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-5345-70de-90fa-92cf1c41cf74', '01a21c93-3966-76b5-a50b-2e26f032d4be'),
	('01a21c93-5405-77d5-a7ee-14aa29cd360b', 'west', '2021Q3', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00095', '样例00096', 'county', '2021-09-01', NULL, true, true, 'organised', '01a21c93-5400-73b9-b78d-f180ac131ee5', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-53e0-7447-8d3f-e804dbe216a2', '01a21c93-3966-76b5-a50b-2e25eeba780d'),
	('01a21c93-54b0-754a-a3cd-c1887ab26963', 'east', '2021Q3', 'submitted', 'shared', 4, '2021-09-24 01:00:00+00', '01a21c93-4aee-7502-8967-c1e635f4e38b', NULL, '', NULL, '{}', '样例用工单位', '样例00099', 'county', '2021-09-01', NULL, false, false, 'own', NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-546c-7418-a059-8fe72402bf96', NULL),
	('01a21c93-56ac-71e4-934a-75f8923108cd', 'east', '2021Q3', 'draft', 'shared', 1, NULL, '', NULL, '', NULL, '{}', '样例用工单位', '样例00102', 'county', '2021-09-01', NULL, false, false, 'own', NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-568a-7038-8d3f-d4561b7378c1', NULL);
INSERT INTO public.labour_monthlyfact VALUES
	('01a21c93-4fcd-706d-a386-3346fb56ee0d', 'east', '2021-09', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', true, 10000.37, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e24566116a0', '01a21c93-4fc8-7639-91c7-61287bf593e5'),
	('01a21c93-5415-737a-8ade-a1d641661ebe', 'west', '2021-09', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', true, 10000.37, '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e26f032d4be', '01a21c93-5405-77d5-a7ee-14aa29cd360b');
INSERT INTO public.labour_threshold VALUES
	('555833e8-3c7d-58ca-abe0-cf1b76480af2', '2020-01-01', NULL, '系统默认值：在岗满 3 个月计稳定就业，以当年考核口径为准', 'stable_months', 3.00),
	('3be61f63-5181-5395-9320-933fbf766b6b', '2020-01-01', NULL, '系统默认值：超过时提示核对，不影响统计', 'high_wage', 30000.00);
INSERT INTO public.labour_workerregistration VALUES
	('01a21c93-4eb8-77aa-b4c6-724fa9d5a940', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'waiting', 'east', 'primary', '样例00032', '2021-09-01', NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-4ea5-75f2-b359-f474b0b9f0a7', '01a21c93-3966-76b5-a50b-2e24566116a0'),
	('01a21c93-52ec-70ee-ae02-6ce879f863ed', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'waiting', 'east', 'primary', '样例00080', '2021-09-01', NULL, '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-52e0-76ad-8db6-0582cd18f905', '01a21c93-3966-76b5-a50b-2e26f032d4be');
INSERT INTO public.parties_body VALUES
	('01a21c93-4c14-7687-8033-55d52f5efd36', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00004', '919901010000000511', 'enterprise', '样例00006', '01a21c93-3966-76b5-a50b-2e24566116a0', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yangli00004', 'yl00004'),
	('01a21c93-4f29-74b9-9507-3d78eedb7d1c', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00036', '91990101000000377N', 'enterprise', '样例00038', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yangli00036', 'yl00036'),
	('01a21c93-4fb8-70a1-805b-49312e550da9', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00044', '91990101000000457A', 'enterprise', '样例00046', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yangli00044', 'yl00044'),
	('01a21c93-5061-71de-b431-de7e5adcaeac', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00052', '91990101000000537X', 'enterprise', '样例00054', '01a21c93-3966-76b5-a50b-2e26f032d4be', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yangli00052', 'yl00052'),
	('01a21c93-5362-7703-98a8-81d39e23e95b', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00084', '91990101000000852H', 'enterprise', '样例00086', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yangli00084', 'yl00084'),
	('01a21c93-5400-73b9-b78d-f180ac131ee5', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00092', '919901010000009325', 'enterprise', '样例00094', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yangli00092', 'yl00092');
INSERT INTO public.parties_person VALUES
	('01a21c93-4ba1-7591-b541-02b845535cf4', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.21Gnl-O44dqGLx8dxxZXXHrV_0229zG9_cg1c5PgVlNc50_uI1aPNP8CtB6tXw', '样例00001', 'male', NULL, 'ordinary', true, 'v1.k1.VACVZTSGkkBUQRsLeOIdRlZ3JlY4_GGyQJcuQlioK7YwEQJQZqL2', 'yangli00001', '5f0432d467db45e8d262db66ca643ff0', '34e445d7e7e6ff0a698abd34d2772d70', '01a21c93-3966-76b5-a50b-2e24566116a0', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yl00001'),
	('01a21c93-4ea5-75f2-b359-f474b0b9f0a7', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.N7pjyushfI4YzLHqt_BKzLJV2cq6rbvPHKZJUFUGLOwM3K3b9LokPezlfiO99A', '样例00029', 'male', NULL, 'ordinary', true, 'v1.k1.Cjy10R8p2J1l8QXjyXD3U-FydQBQvLp4s5CBByoJSjMuJ-XSeYyl', 'yangli00029', '19397b0da92b1b149996735731d5b9d6', 'ce2077ef348f496dbd685042627795f4', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yl00029'),
	('01a21c93-4f0c-7368-9f59-7e69461abbd8', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.hjO8dqVOFxl7cnROHhYfsREWf5YDFM_pgH-AHMIoNY3tiDFp7IZhAu_3q9QSvg', '样例00033', 'male', NULL, 'ordinary', true, 'v1.k1.NJTVjGiim_UBUGpoWHN4LhV97Xl_maTb_co6NJF1-9Fc7fD0RSBm', 'yangli00033', 'bff3c8fa36775c3720154bf31a34d03d', '74e1ab30b767c30074c5b6104c1979d6', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yl00033'),
	('01a21c93-4fa0-762e-9999-eac2be966d01', 'east', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.GaljaJE2468-YOEMl7u_SH_hxKMqmRq2GqZ-jfvkiI_A8RRnlXoaB4M0exA5MQ', '样例00041', 'male', NULL, 'ordinary', true, 'v1.k1.KE_Ch6xVkGhIT0HA0E2HF7zBkWv40GFI6OP1QKt9k-9plbXhOiiU', 'yangli00041', '700c8b9c52d8ae2b9d0cf0311886560c', 'b8a1f2d550d53efd1cfb4715f57b649a', '01a21c93-3966-76b5-a50b-2e2307b6cfde', '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yl00041'),
	('01a21c93-501c-721f-982e-80ec5d9d9ae2', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.UtncTu1FFpowkewG8JIU3ClbhjDr_AHz2LY8z_qIT929cvTfpbmdy4mzmfi09A', '样例00049', 'male', NULL, 'ordinary', true, 'v1.k1.cwb02Rl3brtYuPJfhdiTlaQc-N2L5Xl4UNa7-0J9clpzhv9XFz_5', 'yangli00049', '898851f18ca9045d79e61e6acbc80bb5', 'c9f6ca69c578f7e80696be892816aa39', '01a21c93-3966-76b5-a50b-2e26f032d4be', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yl00049'),
	('01a21c93-52e0-76ad-8db6-0582cd18f905', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.fqkbC4XkCBGqxhn3xkfoi6mFhJlvuBwFmus9lXEtvsUVnC9VdPdEIWDSzMYT8w', '样例00077', 'male', NULL, 'ordinary', true, 'v1.k1.O0bH5n0X8yH_8hBBDve1NWIWn6jvfSw1rw60e-F2b0TjcyMiFRUw', 'yangli00077', 'a24aee1ff50e7859dffbbf3eb96c874e', 'bcd2ef872c42e1a47de6438bced53427', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yl00077'),
	('01a21c93-5345-70de-90fa-92cf1c41cf74', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.P9z_fpbnc52F9ak1_PKdknEDsnrzbbizKJqC8PfPJI9TBahiRhC87T_eDpJ9_A', '样例00081', 'male', NULL, 'ordinary', true, 'v1.k1.hxEnFWjjKNmL8jA-CgKe9mWXgfNCIvtK-XMxY6TybHnqWibeMxqB', 'yangli00081', '986db3854728290c1f5c492b419e3bd6', '46b8f5d2de38ea88d6a21981a1b02b33', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yl00081'),
	('01a21c93-53e0-7447-8d3f-e804dbe216a2', 'west', '', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', 'v1.k1.YweSteZ-VoKWiBOLJHp8t3M-nKvz4m3Xl6vH9d8h0iCLoyvodzCASOTRyoB5Kw', '样例00089', 'male', NULL, 'ordinary', true, 'v1.k1._KgzEx3AY6twLk3qEAaznprWT8mZQBt1ulrJfEj7QubcaLFm_C0_', 'yangli00089', 'c69ff59cb3552e5ae637e15bd51ea2af', 'd5cc85e2d234ba46e1f9fa97409dcddc', '01a21c93-3966-76b5-a50b-2e25eeba780d', '01a21c93-3fc4-717b-8567-f16d580dbb55', 'yl00089'),
	('01a21c93-546c-7418-a059-8fe72402bf96', 'east', '', 'draft', 'private', 1, NULL, '', NULL, '', NULL, '{}', 'v1.k1.98XqAgqbFb30N9YC7j_6loxmKN4fdoXGqRQpbPdcR8er7fwsfq7cPVeORNCVMg', '样例00097', '', NULL, 'ordinary', false, '', 'yangli00097', '4256cefded94f981addd4ece36db80a7', NULL, NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yl00097'),
	('01a21c93-568a-7038-8d3f-d4561b7378c1', 'east', '', 'draft', 'private', 1, NULL, '', NULL, '', NULL, '{}', 'v1.k1.eYAWvGqY4vAEJFjZI3FRIEqhucD8kvmWOmGMbYUeiLpXLSA41l0gnP_Ibv01nA', '样例00100', '', NULL, 'ordinary', false, '', 'yangli00100', 'b01cfc5f9e1f97873f5adfbe84bfcd02', NULL, NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', 'yl00100');
INSERT INTO public.parties_unit VALUES
	('01a21c93-3fc4-717b-8567-f167061d2aa3', 'dm', 'dm', '斗门区人民政府', '', 'government', 'east', '2020-01-01', NULL, '', 'doumenqurenminzhengfu', 'dmqrmzf', NULL, NULL),
	('01a21c93-3fc4-717b-8567-f16bb3ef8483', 'mt', 'mt', '湄潭县人民政府', '', 'government', 'west', '2020-01-01', NULL, '', 'meitanxianrenminzhengfu', 'mtxrmzf', NULL, NULL),
	('01a21c93-3fc4-717b-8567-f1682df1f97b', 'dm_coordinator', 'dm.dm_coordinator', '区乡村振兴局', '', 'coordinator', 'east', '2020-01-01', NULL, '', 'quxiangcunzhenxingju', 'qxczxj', '01a21c93-3fc4-717b-8567-f167061d2aa3', NULL),
	('01a21c93-3fc4-717b-8567-f1695e8f0f71', 'dm_labour', 'dm.dm_labour', '区人力资源和社会保障局', '', 'department', 'east', '2020-01-01', NULL, '', 'qurenliziyuanheshehuibaozhangju', 'qrlzyhshbzj', '01a21c93-3fc4-717b-8567-f167061d2aa3', NULL),
	('01a21c93-3fc4-717b-8567-f16a3467a8cd', 'dm_finance', 'dm.dm_finance', '区财政局', '', 'department', 'east', '2020-01-01', NULL, '', 'qucaizhengju', 'qczj', '01a21c93-3fc4-717b-8567-f167061d2aa3', NULL),
	('01a21c93-3fc4-717b-8567-f16c114d333e', 'mt_coordinator', 'mt.mt_coordinator', '县乡村振兴局', '', 'coordinator', 'west', '2020-01-01', NULL, '', 'xianxiangcunzhenxingju', 'xxczxj', '01a21c93-3fc4-717b-8567-f16bb3ef8483', NULL),
	('01a21c93-3fc4-717b-8567-f16d580dbb55', 'mt_labour', 'mt.mt_labour', '县人力资源和社会保障局', '', 'department', 'west', '2020-01-01', NULL, '', 'xianrenliziyuanheshehuibaozhangju', 'xrlzyhshbzj', '01a21c93-3fc4-717b-8567-f16bb3ef8483', NULL),
	('01a21c93-3fc4-717b-8567-f16e8399db5d', 'mt_yongxing', 'mt.mt_yongxing', '永兴镇人民政府', '', 'town', 'west', '2020-01-01', NULL, '', 'yongxingzhenrenminzhengfu', 'yxzrmzf', '01a21c93-3fc4-717b-8567-f16bb3ef8483', '01a21c93-3966-76b5-a50b-2e26f032d4be');
INSERT INTO public.places_place VALUES
	('01a21c93-3966-76b5-a50b-2e2307b6cfde', '440403', '440403', '斗门区', 'county', 'east', '2020-01-01', NULL, '', 'doumenqu', 'dmq', NULL),
	('01a21c93-3966-76b5-a50b-2e25eeba780d', '520328', '520328', '湄潭县', 'county', 'west', '2020-01-01', NULL, '', 'meitanxian', 'mtx', NULL),
	('01a21c93-3966-76b5-a50b-2e24566116a0', '440403106', '440403.440403106', '白蕉镇', 'town', 'east', '2020-01-01', NULL, '', 'baijiaozhen', 'bjz', '01a21c93-3966-76b5-a50b-2e2307b6cfde'),
	('01a21c93-3966-76b5-a50b-2e26f032d4be', '520328101', '520328.520328101', '永兴镇', 'town', 'west', '2020-01-01', NULL, '', 'yongxingzhen', 'yxz', '01a21c93-3966-76b5-a50b-2e25eeba780d'),
	('01a21c93-3966-76b5-a50b-2e27b0e11975', '520328102', '520328.520328102', '复兴镇', 'town', 'west', '2020-01-01', NULL, '', 'fuxingzhen', 'fxz', '01a21c93-3966-76b5-a50b-2e25eeba780d');
INSERT INTO public.procrastinate_events VALUES
	(1, 1, 'deferred', '2026-11-27 10:35:48.324001+00');
INSERT INTO public.procrastinate_jobs VALUES
	(1, 'jobs', 'shanhai.run_job', NULL, '{"job_id": "01a21c93-5920-76b8-b08c-e6798aaec4df"}', 'todo', NULL, 0, NULL, 0, false, NULL);
INSERT INTO public.scheme_duty VALUES
	('01a21c93-4c9d-7151-ae81-cf9fdf0bfedc', '区人力资源和社会保障局', 'lead', NULL, NULL, NULL, '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-4c90-76bf-aa8d-4bccd38c0176'),
	('01a21c93-50c5-770a-a076-b5735a1f79a3', '县人力资源和社会保障局', 'lead', NULL, NULL, NULL, '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-50b7-77c2-b336-3e342cf71866');
INSERT INTO public.scheme_progressreport VALUES
	('01a21c93-4cb0-7182-a4ae-d82d46324073', 'east', '2021Q3', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00009', 1.00, '样例00010', '01a21c93-3fc4-717b-8567-f1695e8f0f71', '01a21c93-3966-76b5-a50b-2e24566116a0', '01a21c93-4c90-76bf-aa8d-4bccd38c0176'),
	('01a21c93-50d4-75a3-b2b6-6c750a99ebcf', 'west', '2021Q3', 'verified', 'shared', 1, NULL, 'system:samples', NULL, '', NULL, '{}', '样例00057', 1.00, '样例00058', '01a21c93-3fc4-717b-8567-f16d580dbb55', '01a21c93-3966-76b5-a50b-2e26f032d4be', '01a21c93-50b7-77c2-b336-3e342cf71866');
INSERT INTO public.scheme_scheme VALUES
	('01a21c93-4c70-73fe-a07e-7e606ee60adc', 'east', 'shared', '方案7', '', '', NULL, '[]', '2021-01-01', 10),
	('01a21c93-50a5-77c5-b32c-806ff8c4817c', 'west', 'shared', '方案55', '', '', NULL, '[]', '2021-01-01', 10);
INSERT INTO public.scheme_schemeversion VALUES
	('01a21c93-4c7e-7425-ad98-adf529c3c569', 1, 'in_force', 1, '2021-09-24 01:00:00+00', NULL, '', '01a21c93-4c70-73fe-a07e-7e606ee60adc', '01a21c93-4c78-739f-b6a2-6b4b3f09d40a'),
	('01a21c93-50ac-7652-a13c-fa6171d4f330', 1, 'in_force', 1, '2021-09-24 01:00:00+00', NULL, '', '01a21c93-50a5-77c5-b32c-806ff8c4817c', '01a21c93-50a7-767b-b46e-08bfda56c8cc');
INSERT INTO public.scheme_section VALUES
	('01a21c93-4c81-7047-a3dd-2a12c305d7d6', '', '', '一、样例', 0, 4, NULL, '01a21c93-4c7e-7425-ad98-adf529c3c569'),
	('01a21c93-50b5-744e-8ed6-a5dcc844c293', '', '', '一、样例', 0, 4, NULL, '01a21c93-50ac-7652-a13c-fa6171d4f330');
INSERT INTO public.scheme_sourcedocument VALUES
	('01a21c93-4c78-739f-b6a2-6b4b3f09d40a', '', '一、样例', '{}'),
	('01a21c93-50a7-767b-b46e-08bfda56c8cc', '', '一、样例', '{}');
INSERT INTO public.scheme_task VALUES
	('01a21c93-4c90-76bf-aa8d-4bccd38c0176', '', '任务8', 'quarter', NULL, '{}', '{}', NULL, '01a21c93-4c70-73fe-a07e-7e606ee60adc', '01a21c93-4c81-7047-a3dd-2a12c305d7d6'),
	('01a21c93-50b7-77c2-b336-3e342cf71866', '', '任务56', 'quarter', NULL, '{}', '{}', NULL, '01a21c93-50a5-77c5-b32c-806ff8c4817c', '01a21c93-50b5-744e-8ed6-a5dcc844c293');
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 320, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 80, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 119, true);
SELECT pg_catalog.setval('public.kernel_evidencecheck_id_seq', 1, false);
SELECT pg_catalog.setval('public.kernel_evidencedamage_id_seq', 1, false);
SELECT pg_catalog.setval('public.kernel_history_id_seq', 127, true);
SELECT pg_catalog.setval('public.kernel_keptanswer_id_seq', 1, false);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, true);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, true);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);
SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false);
ALTER TABLE ONLY public.account_emailaddress
ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_apitoken
ADD CONSTRAINT accounts_apitoken_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.accounts_apitoken
ADD CONSTRAINT accounts_apitoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_keptpassword
ADD CONSTRAINT accounts_keptpassword_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_membership
ADD CONSTRAINT accounts_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_membership
ADD CONSTRAINT accounts_membership_user_unit_role_unique UNIQUE (user_id, unit_id, role);
ALTER TABLE ONLY public.accounts_setuplink
ADD CONSTRAINT accounts_setuplink_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.accounts_setuplink
ADD CONSTRAINT accounts_setuplink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_signinevent
ADD CONSTRAINT accounts_signinevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_signinrule
ADD CONSTRAINT accounts_signinrule_days EXCLUDE USING gist (daterange(valid_from, valid_to, '[]'::text) WITH &&);
ALTER TABLE ONLY public.accounts_signinrule
ADD CONSTRAINT accounts_signinrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_tokenuse
ADD CONSTRAINT accounts_tokenuse_pkey PRIMARY KEY (token_id);
ALTER TABLE ONLY public.accounts_user_groups
ADD CONSTRAINT accounts_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user_groups
ADD CONSTRAINT accounts_user_groups_user_id_group_id_59c0b32f_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.accounts_user
ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user_user_permissions
ADD CONSTRAINT accounts_user_user_permi_user_id_permission_id_2ab516c2_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.accounts_user_user_permissions
ADD CONSTRAINT accounts_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
ADD CONSTRAINT accounts_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.appraisal_bulletin
ADD CONSTRAINT appraisal_bulletin_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.appraisal_bulletinfigure
ADD CONSTRAINT appraisal_bulletinfigure_bulletin_key_unique UNIQUE (bulletin_id, key);
ALTER TABLE ONLY public.appraisal_bulletinfigure
ADD CONSTRAINT appraisal_bulletinfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.appraisal_bulletinreceipt
ADD CONSTRAINT appraisal_bulletinreceipt_bulletin_unit_unique UNIQUE (bulletin_id, unit_id);
ALTER TABLE ONLY public.appraisal_bulletinreceipt
ADD CONSTRAINT appraisal_bulletinreceipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.appraisal_bulletintemplate
ADD CONSTRAINT appraisal_bulletintemplate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.appraisal_bulletintemplate
ADD CONSTRAINT appraisal_bulletintemplate_side_name_unique UNIQUE (side, name);
ALTER TABLE ONLY public.appraisal_indicatortarget
ADD CONSTRAINT appraisal_indicatortarget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.appraisal_indicatortarget
ADD CONSTRAINT appraisal_indicatortarget_scope_year_unique UNIQUE NULLS NOT DISTINCT (code, side, year, unit_id, place_id);
ALTER TABLE ONLY public.appraisal_narrativeslot
ADD CONSTRAINT appraisal_narrativeslot_bulletin_key_unique UNIQUE (bulletin_id, key);
ALTER TABLE ONLY public.appraisal_narrativeslot
ADD CONSTRAINT appraisal_narrativeslot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.funds_aidagreement
ADD CONSTRAINT funds_aidagreement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_aidagreement
ADD CONSTRAINT funds_aidagreement_side_number_unique UNIQUE (side, number);
ALTER TABLE ONLY public.funds_payment
ADD CONSTRAINT funds_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_payment
ADD CONSTRAINT funds_payment_side_voucher_unique UNIQUE (side, voucher_number);
ALTER TABLE ONLY public.funds_progressbar
ADD CONSTRAINT funds_progressbar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_progressbar
ADD CONSTRAINT funds_progressbar_year_month_unique UNIQUE (year, month);
ALTER TABLE ONLY public.funds_project
ADD CONSTRAINT funds_project_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_project
ADD CONSTRAINT funds_project_side_code_unique UNIQUE (side, code);
ALTER TABLE ONLY public.funds_stagemove
ADD CONSTRAINT funds_stagemove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_stagemove
ADD CONSTRAINT funds_stagemove_stages_days EXCLUDE USING gist (stage WITH =, next_stage WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&);
ALTER TABLE ONLY public.funds_threshold
ADD CONSTRAINT funds_threshold_code_days EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&);
ALTER TABLE ONLY public.funds_threshold
ADD CONSTRAINT funds_threshold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_transferreceived
ADD CONSTRAINT funds_transferreceived_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.funds_transferreceived
ADD CONSTRAINT funds_transferreceived_side_voucher_unique UNIQUE (side, voucher_number);
ALTER TABLE ONLY public.kernel_amendment
ADD CONSTRAINT kernel_amendment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_archivedmonth
ADD CONSTRAINT kernel_archivedmonth_month_key UNIQUE (month);
ALTER TABLE ONLY public.kernel_archivedmonth
ADD CONSTRAINT kernel_archivedmonth_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_chaincheck
ADD CONSTRAINT kernel_chaincheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_columnmapping
ADD CONSTRAINT kernel_columnmapping_form_unique UNIQUE (unit_id, ledger, fingerprint);
ALTER TABLE ONLY public.kernel_columnmapping
ADD CONSTRAINT kernel_columnmapping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_customfield
ADD CONSTRAINT kernel_customfield_key_key UNIQUE (key);
ALTER TABLE ONLY public.kernel_customfield
ADD CONSTRAINT kernel_customfield_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_evidencecheck
ADD CONSTRAINT kernel_evidencecheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_evidencedamage
ADD CONSTRAINT kernel_evidencedamage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_evidencefile
ADD CONSTRAINT kernel_evidencefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_evidencefile
ADD CONSTRAINT kernel_evidencefile_side_digest_unique UNIQUE (side, digest);
ALTER TABLE ONLY public.kernel_evidencelink
ADD CONSTRAINT kernel_evidencelink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_evidencereading
ADD CONSTRAINT kernel_evidencereading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_exportreading
ADD CONSTRAINT kernel_exportreading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_fieldreading
ADD CONSTRAINT kernel_fieldreading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_handover
ADD CONSTRAINT kernel_handover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_history
ADD CONSTRAINT kernel_history_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202611
ADD CONSTRAINT kernel_history_202611_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202612
ADD CONSTRAINT kernel_history_202612_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202701
ADD CONSTRAINT kernel_history_202701_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202702
ADD CONSTRAINT kernel_history_202702_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202703
ADD CONSTRAINT kernel_history_202703_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202704
ADD CONSTRAINT kernel_history_202704_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202705
ADD CONSTRAINT kernel_history_202705_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202706
ADD CONSTRAINT kernel_history_202706_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202707
ADD CONSTRAINT kernel_history_202707_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202708
ADD CONSTRAINT kernel_history_202708_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202709
ADD CONSTRAINT kernel_history_202709_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202710
ADD CONSTRAINT kernel_history_202710_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202711
ADD CONSTRAINT kernel_history_202711_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202712
ADD CONSTRAINT kernel_history_202712_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_202801
ADD CONSTRAINT kernel_history_202801_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_history_default
ADD CONSTRAINT kernel_history_default_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY public.kernel_historyretention
ADD CONSTRAINT kernel_historyretention_once EXCLUDE USING gist (daterange(valid_from, valid_to, '[]'::text) WITH &&);
ALTER TABLE ONLY public.kernel_historyretention
ADD CONSTRAINT kernel_historyretention_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_import
ADD CONSTRAINT kernel_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_importpart
ADD CONSTRAINT kernel_importpart_ledger_unique UNIQUE (upload_id, ledger);
ALTER TABLE ONLY public.kernel_importpart
ADD CONSTRAINT kernel_importpart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_installation
ADD CONSTRAINT kernel_installation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_job
ADD CONSTRAINT kernel_job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_keptanswer
ADD CONSTRAINT kernel_keptanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_keptanswer
ADD CONSTRAINT kernel_keptanswer_user_key_unique UNIQUE (user_id, key);
ALTER TABLE ONLY public.kernel_obligation
ADD CONSTRAINT kernel_obligation_ledger_unit_period_unique UNIQUE (ledger, unit_id, period);
ALTER TABLE ONLY public.kernel_obligation
ADD CONSTRAINT kernel_obligation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_obligationrule
ADD CONSTRAINT kernel_obligationrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_obligationruleunit
ADD CONSTRAINT kernel_obligationruleunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_obligationruleunit
ADD CONSTRAINT kernel_obligationruleunit_rule_unit_unique UNIQUE (rule_id, unit_id);
ALTER TABLE ONLY public.kernel_periodreopening
ADD CONSTRAINT kernel_periodreopening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_savedview
ADD CONSTRAINT kernel_savedview_name_unique UNIQUE (owner_id, ledger, name);
ALTER TABLE ONLY public.kernel_savedview
ADD CONSTRAINT kernel_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_sealblock
ADD CONSTRAINT kernel_sealblock_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.kernel_viewdefault
ADD CONSTRAINT kernel_viewdefault_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_viewdefault
ADD CONSTRAINT kernel_viewdefault_user_unique UNIQUE (user_id, ledger);
ALTER TABLE ONLY public.labour_destinationgroup
ADD CONSTRAINT labour_destinationgroup_destination_days EXCLUDE USING gist (destination WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&);
ALTER TABLE ONLY public.labour_destinationgroup
ADD CONSTRAINT labour_destinationgroup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.labour_employmentspell
ADD CONSTRAINT labour_employmentspell_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.labour_employmentspell
ADD CONSTRAINT labour_employmentspell_unit_person_started_unique UNIQUE (owner_unit_id, person_id, started_on);
ALTER TABLE ONLY public.labour_monthlyfact
ADD CONSTRAINT labour_monthlyfact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.labour_monthlyfact
ADD CONSTRAINT labour_monthlyfact_spell_period_unique UNIQUE (spell_id, period);
ALTER TABLE ONLY public.labour_threshold
ADD CONSTRAINT labour_threshold_code_days EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&);
ALTER TABLE ONLY public.labour_threshold
ADD CONSTRAINT labour_threshold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.labour_workerregistration
ADD CONSTRAINT labour_workerregistration_person_unique UNIQUE (person_id);
ALTER TABLE ONLY public.labour_workerregistration
ADD CONSTRAINT labour_workerregistration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mfa_authenticator
ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_body
ADD CONSTRAINT parties_body_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_body
ADD CONSTRAINT parties_body_side_credit_code_unique UNIQUE (side, credit_code);
ALTER TABLE ONLY public.parties_groupmember
ADD CONSTRAINT parties_groupmember_group_unit_unique UNIQUE (group_id, unit_id);
ALTER TABLE ONLY public.parties_groupmember
ADD CONSTRAINT parties_groupmember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_person
ADD CONSTRAINT parties_person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_person
ADD CONSTRAINT parties_person_side_identity_number_unique UNIQUE (identity_number_index, side);
ALTER TABLE ONLY public.parties_unit
ADD CONSTRAINT parties_unit_code_key UNIQUE (code);
ALTER TABLE ONLY public.parties_unit
ADD CONSTRAINT parties_unit_path_key UNIQUE (path);
ALTER TABLE ONLY public.parties_unit
ADD CONSTRAINT parties_unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_unit
ADD CONSTRAINT parties_unit_side_name_unique UNIQUE (side, name);
ALTER TABLE ONLY public.parties_unitalias
ADD CONSTRAINT parties_unitalias_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_unitalias
ADD CONSTRAINT parties_unitalias_unit_name_unique UNIQUE (unit_id, name);
ALTER TABLE ONLY public.parties_unitgroup
ADD CONSTRAINT parties_unitgroup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parties_unitgroup
ADD CONSTRAINT parties_unitgroup_side_name_unique UNIQUE (side, name);
ALTER TABLE ONLY public.places_place
ADD CONSTRAINT places_place_code_key UNIQUE (code);
ALTER TABLE ONLY public.places_place
ADD CONSTRAINT places_place_path_key UNIQUE (path);
ALTER TABLE ONLY public.places_place
ADD CONSTRAINT places_place_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_duty
ADD CONSTRAINT scheme_duty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_duty
ADD CONSTRAINT scheme_duty_task_start_unique UNIQUE (task_id, start);
ALTER TABLE ONLY public.scheme_progressreport
ADD CONSTRAINT scheme_progressreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_progressreport
ADD CONSTRAINT scheme_progressreport_unit_task_period_unique UNIQUE (owner_unit_id, task_id, period);
ALTER TABLE ONLY public.scheme_question
ADD CONSTRAINT scheme_question_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_scheme
ADD CONSTRAINT scheme_scheme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_schemeversion
ADD CONSTRAINT scheme_schemeversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_schemeversion
ADD CONSTRAINT scheme_schemeversion_scheme_ordinal_unique UNIQUE (scheme_id, ordinal);
ALTER TABLE ONLY public.scheme_section
ADD CONSTRAINT scheme_section_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_section
ADD CONSTRAINT scheme_section_version_start_unique UNIQUE (version_id, start);
ALTER TABLE ONLY public.scheme_sourcedocument
ADD CONSTRAINT scheme_sourcedocument_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_task
ADD CONSTRAINT scheme_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scheme_task
ADD CONSTRAINT scheme_task_section_id_key UNIQUE (section_id);
ALTER TABLE ONLY public.shanhai_cache
ADD CONSTRAINT shanhai_cache_pkey PRIMARY KEY (cache_key);
ALTER TABLE ONLY public.usersessions_usersession
ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_apitoken_digest_63ccb187_like ON public.accounts_apitoken USING btree (digest varchar_pattern_ops);
CREATE INDEX accounts_apitoken_user_id_bbee13e0 ON public.accounts_apitoken USING btree (user_id);
CREATE INDEX accounts_keptpassword_user_id_35767d55 ON public.accounts_keptpassword USING btree (user_id);
CREATE INDEX accounts_membership_place_id_3e0bfba2 ON public.accounts_membership USING btree (place_id);
CREATE INDEX accounts_membership_unit_id_7180f6e8 ON public.accounts_membership USING btree (unit_id);
CREATE INDEX accounts_membership_user_id_487fb39e ON public.accounts_membership USING btree (user_id);
CREATE INDEX accounts_setuplink_digest_ed132734_like ON public.accounts_setuplink USING btree (digest varchar_pattern_ops);
CREATE INDEX accounts_signin_account ON public.accounts_signinevent USING btree (account_key, at DESC);
CREATE INDEX accounts_signin_address ON public.accounts_signinevent USING btree (address, at DESC);
CREATE INDEX accounts_signin_at ON public.accounts_signinevent USING btree (at DESC, id DESC);
CREATE INDEX accounts_signin_user ON public.accounts_signinevent USING btree (user_id, at DESC);
CREATE INDEX accounts_signinevent_user_id_eb5f9975 ON public.accounts_signinevent USING btree (user_id);
CREATE INDEX accounts_user_groups_group_id_bd11a704 ON public.accounts_user_groups USING btree (group_id);
CREATE INDEX accounts_user_groups_user_id_52b62117 ON public.accounts_user_groups USING btree (user_id);
CREATE INDEX accounts_user_user_permissions_permission_id_113bb443 ON public.accounts_user_user_permissions USING btree (permission_id);
CREATE INDEX accounts_user_user_permissions_user_id_e4f0a161 ON public.accounts_user_user_permissions USING btree (user_id);
CREATE INDEX accounts_user_username_6088629e_like ON public.accounts_user USING btree (username varchar_pattern_ops);
CREATE UNIQUE INDEX appraisal_bulletin_one_draft ON public.appraisal_bulletin USING btree (side, period) WHERE ((state)::text = 'draft'::text);
CREATE INDEX appraisal_bulletin_owner_unit_id_ef2eaabb ON public.appraisal_bulletin USING btree (owner_unit_id);
CREATE INDEX appraisal_bulletin_pdf_id_66f56b30 ON public.appraisal_bulletin USING btree (pdf_id);
CREATE INDEX appraisal_bulletin_period_e1e08141 ON public.appraisal_bulletin USING btree (period);
CREATE UNIQUE INDEX appraisal_bulletin_side_number_unique ON public.appraisal_bulletin USING btree (side, number) WHERE (NOT ((number)::text = ''::text));
CREATE INDEX appraisal_bulletin_word_id_78b155d3 ON public.appraisal_bulletin USING btree (word_id);
CREATE INDEX appraisal_bulletinfigure_bulletin_id_b5682157 ON public.appraisal_bulletinfigure USING btree (bulletin_id);
CREATE INDEX appraisal_bulletinfigure_period_b9798f9d ON public.appraisal_bulletinfigure USING btree (period);
CREATE INDEX appraisal_bulletinfigure_place_scope_id_3184b441 ON public.appraisal_bulletinfigure USING btree (place_scope_id);
CREATE INDEX appraisal_bulletinfigure_unit_scope_id_c1001db0 ON public.appraisal_bulletinfigure USING btree (unit_scope_id);
CREATE INDEX appraisal_bulletinreceipt_bulletin_id_d1a5001b ON public.appraisal_bulletinreceipt USING btree (bulletin_id);
CREATE INDEX appraisal_bulletinreceipt_unit_id_660cac2c ON public.appraisal_bulletinreceipt USING btree (unit_id);
CREATE INDEX appraisal_bulletintemplate_file_id_9c1412de ON public.appraisal_bulletintemplate USING btree (file_id);
CREATE INDEX appraisal_indicatortarget_place_id_c990aeeb ON public.appraisal_indicatortarget USING btree (place_id);
CREATE INDEX appraisal_indicatortarget_unit_id_6e56ec44 ON public.appraisal_indicatortarget USING btree (unit_id);
CREATE INDEX appraisal_narrativeslot_bulletin_id_895c823a ON public.appraisal_narrativeslot USING btree (bulletin_id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX funds_aidagreement_import_id_ce067e99 ON public.funds_aidagreement USING btree (import_id);
CREATE UNIQUE INDEX funds_aidagreement_number_joint ON public.funds_aidagreement USING btree (number) WHERE ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[]));
CREATE INDEX funds_aidagreement_owner_unit_id_e944defd ON public.funds_aidagreement USING btree (owner_unit_id);
CREATE INDEX funds_aidagreement_partner_id_637f6785 ON public.funds_aidagreement USING btree (partner_id);
CREATE INDEX funds_aidagreement_partner_unit_id_bf994a21 ON public.funds_aidagreement USING btree (partner_unit_id);
CREATE INDEX funds_aidagreement_period_6082d0b6 ON public.funds_aidagreement USING btree (period);
CREATE INDEX funds_aidagreement_place_id_9e6011ec ON public.funds_aidagreement USING btree (place_id);
CREATE INDEX funds_payment_import_id_826be702 ON public.funds_payment USING btree (import_id);
CREATE INDEX funds_payment_owner_unit_id_3b2b94f5 ON public.funds_payment USING btree (owner_unit_id);
CREATE INDEX funds_payment_period_107938fe ON public.funds_payment USING btree (period);
CREATE INDEX funds_payment_place_id_756d0586 ON public.funds_payment USING btree (place_id);
CREATE INDEX funds_payment_project_id_26390fa6 ON public.funds_payment USING btree (project_id);
CREATE INDEX funds_project_agreement_id_a1d9c511 ON public.funds_project USING btree (agreement_id);
CREATE INDEX funds_project_import_id_e4fb8c00 ON public.funds_project USING btree (import_id);
CREATE INDEX funds_project_owner_unit_id_2be979ec ON public.funds_project USING btree (owner_unit_id);
CREATE INDEX funds_project_period_fe3fce7b ON public.funds_project USING btree (period);
CREATE INDEX funds_project_place_id_495163b9 ON public.funds_project USING btree (place_id);
CREATE INDEX funds_transferreceived_agreement_id_b33ed917 ON public.funds_transferreceived USING btree (agreement_id);
CREATE INDEX funds_transferreceived_import_id_568321e5 ON public.funds_transferreceived USING btree (import_id);
CREATE INDEX funds_transferreceived_owner_unit_id_7234aefb ON public.funds_transferreceived USING btree (owner_unit_id);
CREATE INDEX funds_transferreceived_period_aa6ce7c1 ON public.funds_transferreceived USING btree (period);
CREATE INDEX funds_transferreceived_place_id_8b0d1587 ON public.funds_transferreceived USING btree (place_id);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE UNIQUE INDEX kernel_amendment_one_open ON public.kernel_amendment USING btree (row_id) WHERE ((state)::text = ANY ((ARRAY['proposed'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX kernel_amendment_owner_unit_id_ee7e2f30 ON public.kernel_amendment USING btree (owner_unit_id);
CREATE INDEX kernel_amendment_period_f9fedbe6 ON public.kernel_amendment USING btree (period);
CREATE INDEX kernel_amendment_row ON public.kernel_amendment USING btree (row_id, proposed_at DESC);
CREATE INDEX kernel_amendment_state ON public.kernel_amendment USING btree (state, ledger, decided_at);
CREATE INDEX kernel_archivedmonth_month_8a7b23c3_like ON public.kernel_archivedmonth USING btree (month varchar_pattern_ops);
CREATE INDEX kernel_columnmapping_unit_id_09442919 ON public.kernel_columnmapping USING btree (unit_id);
CREATE INDEX kernel_customfield_key_d8bd4100_like ON public.kernel_customfield USING btree (key varchar_pattern_ops);
CREATE UNIQUE INDEX kernel_customfield_title_unique ON public.kernel_customfield USING btree (unit_id, ledger, title) WHERE (retired_at IS NULL);
CREATE INDEX kernel_customfield_unit_id_0adfaa98 ON public.kernel_customfield USING btree (unit_id);
CREATE INDEX kernel_evidencedamage_file_id_e2727dd0 ON public.kernel_evidencedamage USING btree (file_id);
CREATE UNIQUE INDEX kernel_evidencedamage_open_unique ON public.kernel_evidencedamage USING btree (file_id) WHERE (mended_at IS NULL);
CREATE INDEX kernel_evidencelink_file_id_5e035216 ON public.kernel_evidencelink USING btree (file_id);
CREATE INDEX kernel_evidencelink_row ON public.kernel_evidencelink USING btree (ledger, row_id);
CREATE INDEX kernel_evidencereading_link_id_7d60e070 ON public.kernel_evidencereading USING btree (link_id);
CREATE INDEX kernel_exportreading_at ON public.kernel_exportreading USING btree (side, read_at DESC);
CREATE INDEX kernel_fieldreading_at ON public.kernel_fieldreading USING btree (side, read_at DESC);
CREATE INDEX kernel_fieldreading_row ON public.kernel_fieldreading USING btree (ledger, row_id);
CREATE INDEX kernel_handover_unit ON public.kernel_handover USING btree (unit_id, handed_at DESC);
CREATE INDEX kernel_handover_unit_id_7f26e5af ON public.kernel_handover USING btree (unit_id);
CREATE INDEX kernel_history_import ON ONLY public.kernel_history USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202611_import_id_idx ON public.kernel_history_202611 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_row ON ONLY public.kernel_history USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202611_table_name_row_id_at_idx ON public.kernel_history_202611 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_transaction ON ONLY public.kernel_history USING btree (transaction_id, at);
CREATE INDEX kernel_history_202611_transaction_id_at_idx ON public.kernel_history_202611 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202612_import_id_idx ON public.kernel_history_202612 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202612_table_name_row_id_at_idx ON public.kernel_history_202612 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202612_transaction_id_at_idx ON public.kernel_history_202612 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202701_import_id_idx ON public.kernel_history_202701 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202701_table_name_row_id_at_idx ON public.kernel_history_202701 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202701_transaction_id_at_idx ON public.kernel_history_202701 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202702_import_id_idx ON public.kernel_history_202702 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202702_table_name_row_id_at_idx ON public.kernel_history_202702 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202702_transaction_id_at_idx ON public.kernel_history_202702 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202703_import_id_idx ON public.kernel_history_202703 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202703_table_name_row_id_at_idx ON public.kernel_history_202703 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202703_transaction_id_at_idx ON public.kernel_history_202703 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202704_import_id_idx ON public.kernel_history_202704 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202704_table_name_row_id_at_idx ON public.kernel_history_202704 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202704_transaction_id_at_idx ON public.kernel_history_202704 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202705_import_id_idx ON public.kernel_history_202705 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202705_table_name_row_id_at_idx ON public.kernel_history_202705 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202705_transaction_id_at_idx ON public.kernel_history_202705 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202706_import_id_idx ON public.kernel_history_202706 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202706_table_name_row_id_at_idx ON public.kernel_history_202706 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202706_transaction_id_at_idx ON public.kernel_history_202706 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202707_import_id_idx ON public.kernel_history_202707 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202707_table_name_row_id_at_idx ON public.kernel_history_202707 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202707_transaction_id_at_idx ON public.kernel_history_202707 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202708_import_id_idx ON public.kernel_history_202708 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202708_table_name_row_id_at_idx ON public.kernel_history_202708 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202708_transaction_id_at_idx ON public.kernel_history_202708 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202709_import_id_idx ON public.kernel_history_202709 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202709_table_name_row_id_at_idx ON public.kernel_history_202709 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202709_transaction_id_at_idx ON public.kernel_history_202709 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202710_import_id_idx ON public.kernel_history_202710 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202710_table_name_row_id_at_idx ON public.kernel_history_202710 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202710_transaction_id_at_idx ON public.kernel_history_202710 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202711_import_id_idx ON public.kernel_history_202711 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202711_table_name_row_id_at_idx ON public.kernel_history_202711 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202711_transaction_id_at_idx ON public.kernel_history_202711 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202712_import_id_idx ON public.kernel_history_202712 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202712_table_name_row_id_at_idx ON public.kernel_history_202712 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202712_transaction_id_at_idx ON public.kernel_history_202712 USING btree (transaction_id, at);
CREATE INDEX kernel_history_202801_import_id_idx ON public.kernel_history_202801 USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_202801_table_name_row_id_at_idx ON public.kernel_history_202801 USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_202801_transaction_id_at_idx ON public.kernel_history_202801 USING btree (transaction_id, at);
CREATE INDEX kernel_history_default_import_id_idx ON public.kernel_history_default USING btree (import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX kernel_history_default_table_name_row_id_at_idx ON public.kernel_history_default USING btree (table_name, row_id, at DESC);
CREATE INDEX kernel_history_default_transaction_id_at_idx ON public.kernel_history_default USING btree (transaction_id, at);
CREATE INDEX kernel_import_job_id_1093e0ff ON public.kernel_import USING btree (job_id);
CREATE INDEX kernel_import_past ON public.kernel_importpart USING btree (ledger, unit_id, upload_id DESC);
CREATE INDEX kernel_import_requester_id_5c6ebdfa ON public.kernel_import USING btree (requester_id);
CREATE INDEX kernel_import_undone_by_id_d55b5822 ON public.kernel_import USING btree (undone_by_id);
CREATE INDEX kernel_importpart_unit_id_6631850f ON public.kernel_importpart USING btree (unit_id);
CREATE INDEX kernel_importpart_upload_id_858719b1 ON public.kernel_importpart USING btree (upload_id);
CREATE INDEX kernel_job_requester ON public.kernel_job USING btree (requester_id, id DESC);
CREATE INDEX kernel_job_requester_id_10726f48 ON public.kernel_job USING btree (requester_id);
CREATE INDEX kernel_keptanswer_answered_at_dfb38774 ON public.kernel_keptanswer USING btree (answered_at);
CREATE INDEX kernel_keptanswer_user_id_7acd7714 ON public.kernel_keptanswer USING btree (user_id);
CREATE INDEX kernel_obligation_period_72d53bb4 ON public.kernel_obligation USING btree (period);
CREATE INDEX kernel_obligation_rule_id_7ad23c01 ON public.kernel_obligation USING btree (rule_id);
CREATE INDEX kernel_obligation_unit_id_67d69e2b ON public.kernel_obligation USING btree (unit_id);
CREATE INDEX kernel_obligationruleunit_rule_id_49cb67eb ON public.kernel_obligationruleunit USING btree (rule_id);
CREATE INDEX kernel_obligationruleunit_unit_id_ac27006e ON public.kernel_obligationruleunit USING btree (unit_id);
CREATE INDEX kernel_periodreopening_period_dd27e8ea ON public.kernel_periodreopening USING btree (period);
CREATE INDEX kernel_periodreopening_unit_id_40ebaafe ON public.kernel_periodreopening USING btree (unit_id);
CREATE INDEX kernel_savedview_ledger ON public.kernel_savedview USING btree (ledger, side);
CREATE INDEX kernel_savedview_owner_id_3cc9ad1c ON public.kernel_savedview USING btree (owner_id);
CREATE INDEX kernel_savedview_unit_id_3e87c5e5 ON public.kernel_savedview USING btree (unit_id);
CREATE INDEX kernel_viewdefault_user_id_0948ef41 ON public.kernel_viewdefault USING btree (user_id);
CREATE INDEX kernel_viewdefault_view_id_73f39e5b ON public.kernel_viewdefault USING btree (view_id);
CREATE INDEX labour_employmentspell_employer_id_37c0e15f ON public.labour_employmentspell USING btree (employer_id);
CREATE INDEX labour_employmentspell_import_id_ef76b907 ON public.labour_employmentspell USING btree (import_id);
CREATE INDEX labour_employmentspell_owner_unit_id_2fd68a04 ON public.labour_employmentspell USING btree (owner_unit_id);
CREATE INDEX labour_employmentspell_period_f929cdcb ON public.labour_employmentspell USING btree (period);
CREATE INDEX labour_employmentspell_person_id_da12c895 ON public.labour_employmentspell USING btree (person_id);
CREATE INDEX labour_employmentspell_place_id_22562595 ON public.labour_employmentspell USING btree (place_id);
CREATE INDEX labour_monthlyfact_import_id_fe1938a5 ON public.labour_monthlyfact USING btree (import_id);
CREATE INDEX labour_monthlyfact_owner_unit_id_4a0fbde6 ON public.labour_monthlyfact USING btree (owner_unit_id);
CREATE INDEX labour_monthlyfact_period_89f08a56 ON public.labour_monthlyfact USING btree (period);
CREATE INDEX labour_monthlyfact_place_id_579a9c99 ON public.labour_monthlyfact USING btree (place_id);
CREATE INDEX labour_monthlyfact_spell_id_359ceecd ON public.labour_monthlyfact USING btree (spell_id);
CREATE INDEX labour_spell_person_started ON public.labour_employmentspell USING btree (person_id, started_on);
CREATE INDEX labour_workerregistration_import_id_511cee12 ON public.labour_workerregistration USING btree (import_id);
CREATE INDEX labour_workerregistration_owner_unit_id_b36f1049 ON public.labour_workerregistration USING btree (owner_unit_id);
CREATE INDEX labour_workerregistration_period_24c59eea ON public.labour_workerregistration USING btree (period);
CREATE INDEX labour_workerregistration_person_id_789e399b ON public.labour_workerregistration USING btree (person_id);
CREATE INDEX labour_workerregistration_place_id_2fa44d8a ON public.labour_workerregistration USING btree (place_id);
CREATE INDEX list_funds_aidagreement_4b5588d0 ON public.funds_aidagreement USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_funds_aidagreement_b94449e1 ON public.funds_aidagreement USING btree (signed_on DESC, id DESC);
CREATE INDEX list_funds_payment_4b5588d0 ON public.funds_payment USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_funds_payment_b820f192 ON public.funds_payment USING btree (paid_on DESC, id DESC);
CREATE INDEX list_funds_project_4b5588d0 ON public.funds_project USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_funds_project_6cc34077 ON public.funds_project USING btree (code, id);
CREATE INDEX list_funds_transferreceived_4b5588d0 ON public.funds_transferreceived USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_funds_transferreceived_ec232f26 ON public.funds_transferreceived USING btree (received_on DESC, id DESC);
CREATE INDEX list_labour_employmentspell_4b5588d0 ON public.labour_employmentspell USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_labour_employmentspell_fe20a430 ON public.labour_employmentspell USING btree (started_on DESC, id DESC);
CREATE INDEX list_labour_monthlyfact_308993c2 ON public.labour_monthlyfact USING btree (period DESC, id DESC);
CREATE INDEX list_labour_monthlyfact_4b5588d0 ON public.labour_monthlyfact USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_labour_workerregistration_4b5588d0 ON public.labour_workerregistration USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_labour_workerregistration_c0706a04 ON public.labour_workerregistration USING btree (registered_on DESC, id DESC);
CREATE INDEX list_parties_body_4b5588d0 ON public.parties_body USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_parties_body_612d2ff0 ON public.parties_body USING btree (pinyin, name, id);
CREATE INDEX list_parties_person_4b5588d0 ON public.parties_person USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX list_parties_person_aa6e14bb ON public.parties_person USING btree (pinyin, id);
CREATE INDEX list_scheme_progressreport_308993c2 ON public.scheme_progressreport USING btree (period DESC, id DESC);
CREATE INDEX list_scheme_progressreport_4b5588d0 ON public.scheme_progressreport USING btree (state, side, owner_unit_id) INCLUDE (place_id, sharing, submitted_by, verified_at) WHERE ((state)::text = ANY ((ARRAY['returned'::character varying, 'submitted'::character varying, 'awaiting'::character varying])::text[]));
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX parties_body_import_id_2778bfc7 ON public.parties_body USING btree (import_id);
CREATE INDEX parties_body_owner_unit_id_79e82635 ON public.parties_body USING btree (owner_unit_id);
CREATE INDEX parties_body_period_63f82753 ON public.parties_body USING btree (period);
CREATE INDEX parties_body_place_id_5b067519 ON public.parties_body USING btree (place_id);
CREATE INDEX parties_groupmember_group_id_82904830 ON public.parties_groupmember USING btree (group_id);
CREATE INDEX parties_groupmember_unit_id_9e36ff20 ON public.parties_groupmember USING btree (unit_id);
CREATE INDEX parties_person_import_id_e34b3060 ON public.parties_person USING btree (import_id);
CREATE INDEX parties_person_owner_unit_id_7186a3d6 ON public.parties_person USING btree (owner_unit_id);
CREATE INDEX parties_person_period_3ac6874f ON public.parties_person USING btree (period);
CREATE INDEX parties_person_phone_index_2c9294f4 ON public.parties_person USING btree (phone_index);
CREATE INDEX parties_person_place_id_c45ac843 ON public.parties_person USING btree (place_id);
CREATE INDEX parties_unit_code_2050799c_like ON public.parties_unit USING btree (code varchar_pattern_ops);
CREATE INDEX parties_unit_parent_id_413602cd ON public.parties_unit USING btree (parent_id);
CREATE INDEX parties_unit_path ON public.parties_unit USING gist (path);
CREATE INDEX parties_unit_place_id_dcb975cc ON public.parties_unit USING btree (place_id);
CREATE INDEX parties_unitalias_unit_id_faf3b110 ON public.parties_unitalias USING btree (unit_id);
CREATE INDEX places_place_code_1c415a63_like ON public.places_place USING btree (code varchar_pattern_ops);
CREATE INDEX places_place_parent_id_593054a7 ON public.places_place USING btree (parent_id);
CREATE INDEX places_place_path ON public.places_place USING gist (path);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX scheme_duty_group_id_eb6a337e ON public.scheme_duty USING btree (group_id);
CREATE INDEX scheme_duty_task_id_be422dd5 ON public.scheme_duty USING btree (task_id);
CREATE INDEX scheme_duty_unit_id_3438c125 ON public.scheme_duty USING btree (unit_id);
CREATE INDEX scheme_progressreport_import_id_eca57bc3 ON public.scheme_progressreport USING btree (import_id);
CREATE INDEX scheme_progressreport_owner_unit_id_6aeaa71a ON public.scheme_progressreport USING btree (owner_unit_id);
CREATE INDEX scheme_progressreport_period_6d2327b4 ON public.scheme_progressreport USING btree (period);
CREATE INDEX scheme_progressreport_place_id_b24c07bf ON public.scheme_progressreport USING btree (place_id);
CREATE INDEX scheme_progressreport_task_id_c78d8ab8 ON public.scheme_progressreport USING btree (task_id);
CREATE INDEX scheme_question_unit_id_121d03e1 ON public.scheme_question USING btree (unit_id);
CREATE INDEX scheme_question_version_id_aff1052b ON public.scheme_question USING btree (version_id);
CREATE INDEX scheme_schemeversion_document_id_8fa358f1 ON public.scheme_schemeversion USING btree (document_id);
CREATE UNIQUE INDEX scheme_schemeversion_one_draft ON public.scheme_schemeversion USING btree (scheme_id) WHERE ((state)::text = 'draft'::text);
CREATE UNIQUE INDEX scheme_schemeversion_one_in_force ON public.scheme_schemeversion USING btree (scheme_id) WHERE ((state)::text = 'in_force'::text);
CREATE INDEX scheme_schemeversion_scheme_id_e073ffa9 ON public.scheme_schemeversion USING btree (scheme_id);
CREATE INDEX scheme_section_parent_id_1b89220f ON public.scheme_section USING btree (parent_id);
CREATE INDEX scheme_section_version_id_bc08d1e8 ON public.scheme_section USING btree (version_id);
CREATE INDEX scheme_task_previous_id_82cfe337 ON public.scheme_task USING btree (previous_id);
CREATE INDEX scheme_task_scheme_id_8a627971 ON public.scheme_task USING btree (scheme_id);
CREATE INDEX shanhai_cache_expires ON public.shanhai_cache USING btree (expires);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202611_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202611_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202611_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202611_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202612_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202612_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202612_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202612_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202701_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202701_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202701_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202701_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202702_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202702_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202702_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202702_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202703_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202703_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202703_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202703_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202704_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202704_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202704_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202704_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202705_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202705_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202705_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202705_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202706_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202706_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202706_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202706_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202707_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202707_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202707_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202707_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202708_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202708_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202708_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202708_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202709_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202709_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202709_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202709_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202710_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202710_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202710_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202710_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202711_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202711_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202711_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202711_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202712_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202712_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202712_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202712_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_202801_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_202801_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_202801_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_202801_transaction_id_at_idx;
ALTER INDEX public.kernel_history_import ATTACH PARTITION public.kernel_history_default_import_id_idx;
ALTER INDEX public.kernel_history_pkey ATTACH PARTITION public.kernel_history_default_pkey;
ALTER INDEX public.kernel_history_row ATTACH PARTITION public.kernel_history_default_table_name_row_id_at_idx;
ALTER INDEX public.kernel_history_transaction ATTACH PARTITION public.kernel_history_default_transaction_id_at_idx;
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_apitoken REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('digest', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_keptpassword REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', 'password');
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_membership REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_setuplink REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('digest', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_signinevent REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('account_key', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_signinrule REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.accounts_user REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('last_login,password_changed_at', 'password');
CREATE TRIGGER history_delete AFTER DELETE ON public.appraisal_bulletin REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.appraisal_bulletinfigure REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.appraisal_bulletinreceipt REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.appraisal_bulletintemplate REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.appraisal_indicatortarget REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.appraisal_narrativeslot REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_aidagreement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_payment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_progressbar REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_project REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_stagemove REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_threshold REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.funds_transferreceived REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_amendment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_archivedmonth REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_chaincheck REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_columnmapping REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_customfield REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('revision', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_evidencefile REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_evidencelink REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_evidencereading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_exportreading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_fieldreading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_handover REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('row_ids', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_historyretention REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_obligation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_obligationrule REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_obligationruleunit REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_periodreopening REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_savedview REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.kernel_viewdefault REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.labour_destinationgroup REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.labour_employmentspell REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.labour_monthlyfact REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.labour_threshold REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.labour_workerregistration REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.parties_body REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.parties_groupmember REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.parties_person REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.parties_unit REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.parties_unitalias REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.parties_unitgroup REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.places_place REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_duty REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_progressreport REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_question REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_scheme REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_schemeversion REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_section REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_sourcedocument REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_delete AFTER DELETE ON public.scheme_task REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_apitoken REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('digest', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_keptpassword REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', 'password');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_membership REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_setuplink REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('digest', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_signinevent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('account_key', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_signinrule REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.accounts_user REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('last_login,password_changed_at', 'password');
CREATE TRIGGER history_insert AFTER INSERT ON public.appraisal_bulletin REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.appraisal_bulletinfigure REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.appraisal_bulletinreceipt REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.appraisal_bulletintemplate REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.appraisal_indicatortarget REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.appraisal_narrativeslot REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_aidagreement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_payment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_progressbar REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_project REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_stagemove REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_threshold REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.funds_transferreceived REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_amendment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_archivedmonth REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_chaincheck REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_columnmapping REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_customfield REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('revision', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_evidencefile REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_evidencelink REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_evidencereading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_exportreading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_fieldreading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_handover REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('row_ids', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_historyretention REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_obligation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_obligationrule REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_obligationruleunit REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_periodreopening REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_savedview REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.kernel_viewdefault REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.labour_destinationgroup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.labour_employmentspell REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.labour_monthlyfact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.labour_threshold REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.labour_workerregistration REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.parties_body REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.parties_groupmember REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.parties_person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.parties_unit REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.parties_unitalias REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.parties_unitgroup REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.places_place REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_duty REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_progressreport REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_question REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_scheme REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_schemeversion REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_section REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_sourcedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_insert AFTER INSERT ON public.scheme_task REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_apitoken REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('digest', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_keptpassword REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', 'password');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_membership REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_setuplink REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('digest', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_signinevent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('account_key', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_signinrule REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.accounts_user REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('last_login,password_changed_at', 'password');
CREATE TRIGGER history_update AFTER UPDATE ON public.appraisal_bulletin REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.appraisal_bulletinfigure REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.appraisal_bulletinreceipt REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.appraisal_bulletintemplate REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.appraisal_indicatortarget REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.appraisal_narrativeslot REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_aidagreement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_payment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_progressbar REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_project REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_stagemove REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_threshold REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.funds_transferreceived REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_amendment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_archivedmonth REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_chaincheck REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_columnmapping REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_customfield REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('revision', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_evidencefile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_evidencelink REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_evidencereading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_exportreading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_fieldreading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_handover REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('row_ids', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_historyretention REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_obligation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_obligationrule REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_obligationruleunit REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_periodreopening REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_savedview REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.kernel_viewdefault REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.labour_destinationgroup REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.labour_employmentspell REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.labour_monthlyfact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.labour_threshold REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.labour_workerregistration REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.parties_body REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.parties_groupmember REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.parties_person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.parties_unit REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.parties_unitalias REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.parties_unitgroup REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.places_place REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_duty REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_progressreport REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_question REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_scheme REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_schemeversion REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_section REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_sourcedocument REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER history_update AFTER UPDATE ON public.scheme_task REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.kernel_record_history('', '');
CREATE TRIGGER keep_issued BEFORE DELETE OR UPDATE ON public.appraisal_bulletin FOR EACH ROW EXECUTE FUNCTION public.appraisal_keep_bulletin();
CREATE TRIGGER keep_issued BEFORE INSERT OR DELETE OR UPDATE ON public.appraisal_bulletinfigure FOR EACH ROW EXECUTE FUNCTION public.appraisal_keep_part();
CREATE TRIGGER keep_issued BEFORE INSERT OR DELETE OR UPDATE ON public.appraisal_narrativeslot FOR EACH ROW EXECUTE FUNCTION public.appraisal_keep_part();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
ALTER TABLE ONLY public.account_emailaddress
ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_apitoken
ADD CONSTRAINT accounts_apitoken_user_id_bbee13e0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_keptpassword
ADD CONSTRAINT accounts_keptpassword_user_id_35767d55_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_membership
ADD CONSTRAINT accounts_membership_place_id_3e0bfba2_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_membership
ADD CONSTRAINT accounts_membership_unit_id_7180f6e8_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_membership
ADD CONSTRAINT accounts_membership_user_id_487fb39e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_signinevent
ADD CONSTRAINT accounts_signinevent_user_id_eb5f9975_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_tokenuse
ADD CONSTRAINT accounts_tokenuse_token_id_f8d3ea2e_fk_accounts_apitoken_id FOREIGN KEY (token_id) REFERENCES public.accounts_apitoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_groups
ADD CONSTRAINT accounts_user_groups_group_id_bd11a704_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_groups
ADD CONSTRAINT accounts_user_groups_user_id_52b62117_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_user_permissions
ADD CONSTRAINT accounts_user_user_p_permission_id_113bb443_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_user_permissions
ADD CONSTRAINT accounts_user_user_p_user_id_e4f0a161_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletin
ADD CONSTRAINT appraisal_bulletin_owner_unit_id_ef2eaabb_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletin
ADD CONSTRAINT appraisal_bulletin_pdf_id_66f56b30_fk_kernel_evidencefile_id FOREIGN KEY (pdf_id) REFERENCES public.kernel_evidencefile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletin
ADD CONSTRAINT appraisal_bulletin_word_id_78b155d3_fk_kernel_evidencefile_id FOREIGN KEY (word_id) REFERENCES public.kernel_evidencefile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletinfigure
ADD CONSTRAINT appraisal_bulletinfi_bulletin_id_b5682157_fk_appraisal FOREIGN KEY (bulletin_id) REFERENCES public.appraisal_bulletin(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletinfigure
ADD CONSTRAINT appraisal_bulletinfi_place_scope_id_3184b441_fk_places_pl FOREIGN KEY (place_scope_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletinfigure
ADD CONSTRAINT appraisal_bulletinfi_unit_scope_id_c1001db0_fk_parties_u FOREIGN KEY (unit_scope_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletinreceipt
ADD CONSTRAINT appraisal_bulletinre_bulletin_id_d1a5001b_fk_appraisal FOREIGN KEY (bulletin_id) REFERENCES public.appraisal_bulletin(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletinreceipt
ADD CONSTRAINT appraisal_bulletinreceipt_unit_id_660cac2c_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_bulletintemplate
ADD CONSTRAINT appraisal_bulletinte_file_id_9c1412de_fk_kernel_ev FOREIGN KEY (file_id) REFERENCES public.kernel_evidencefile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_indicatortarget
ADD CONSTRAINT appraisal_indicatortarget_place_id_c990aeeb_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_indicatortarget
ADD CONSTRAINT appraisal_indicatortarget_unit_id_6e56ec44_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.appraisal_narrativeslot
ADD CONSTRAINT appraisal_narratives_bulletin_id_895c823a_fk_appraisal FOREIGN KEY (bulletin_id) REFERENCES public.appraisal_bulletin(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_aidagreement
ADD CONSTRAINT funds_aidagreement_owner_unit_id_e944defd_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_aidagreement
ADD CONSTRAINT funds_aidagreement_partner_id_637f6785_fk_places_place_id FOREIGN KEY (partner_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_aidagreement
ADD CONSTRAINT funds_aidagreement_partner_unit_id_bf994a21_fk_parties_unit_id FOREIGN KEY (partner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_aidagreement
ADD CONSTRAINT funds_aidagreement_place_id_9e6011ec_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_payment
ADD CONSTRAINT funds_payment_owner_unit_id_3b2b94f5_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_payment
ADD CONSTRAINT funds_payment_place_id_756d0586_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_payment
ADD CONSTRAINT funds_payment_project_id_26390fa6_fk_funds_project_id FOREIGN KEY (project_id) REFERENCES public.funds_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_project
ADD CONSTRAINT funds_project_agreement_id_a1d9c511_fk_funds_aidagreement_id FOREIGN KEY (agreement_id) REFERENCES public.funds_aidagreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_project
ADD CONSTRAINT funds_project_owner_unit_id_2be979ec_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_project
ADD CONSTRAINT funds_project_place_id_495163b9_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_transferreceived
ADD CONSTRAINT funds_transferreceiv_agreement_id_b33ed917_fk_funds_aid FOREIGN KEY (agreement_id) REFERENCES public.funds_aidagreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_transferreceived
ADD CONSTRAINT funds_transferreceiv_owner_unit_id_7234aefb_fk_parties_u FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.funds_transferreceived
ADD CONSTRAINT funds_transferreceived_place_id_8b0d1587_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_amendment
ADD CONSTRAINT kernel_amendment_owner_unit_id_ee7e2f30_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_columnmapping
ADD CONSTRAINT kernel_columnmapping_unit_id_09442919_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_customfield
ADD CONSTRAINT kernel_customfield_unit_id_0adfaa98_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_evidencedamage
ADD CONSTRAINT kernel_evidencedamag_file_id_e2727dd0_fk_kernel_ev FOREIGN KEY (file_id) REFERENCES public.kernel_evidencefile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_evidencelink
ADD CONSTRAINT kernel_evidencelink_file_id_5e035216_fk_kernel_evidencefile_id FOREIGN KEY (file_id) REFERENCES public.kernel_evidencefile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_evidencereading
ADD CONSTRAINT kernel_evidencereadi_link_id_7d60e070_fk_kernel_ev FOREIGN KEY (link_id) REFERENCES public.kernel_evidencelink(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_handover
ADD CONSTRAINT kernel_handover_unit_id_7f26e5af_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_import
ADD CONSTRAINT kernel_import_job_id_1093e0ff_fk_kernel_job_id FOREIGN KEY (job_id) REFERENCES public.kernel_job(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_import
ADD CONSTRAINT kernel_import_requester_id_5c6ebdfa_fk_accounts_user_id FOREIGN KEY (requester_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_import
ADD CONSTRAINT kernel_import_undone_by_id_d55b5822_fk_accounts_user_id FOREIGN KEY (undone_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_importpart
ADD CONSTRAINT kernel_importpart_unit_id_6631850f_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_importpart
ADD CONSTRAINT kernel_importpart_upload_id_858719b1_fk_kernel_import_id FOREIGN KEY (upload_id) REFERENCES public.kernel_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_job
ADD CONSTRAINT kernel_job_requester_id_10726f48_fk_accounts_user_id FOREIGN KEY (requester_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_keptanswer
ADD CONSTRAINT kernel_keptanswer_user_id_7acd7714_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_obligation
ADD CONSTRAINT kernel_obligation_rule_id_7ad23c01_fk_kernel_obligationrule_id FOREIGN KEY (rule_id) REFERENCES public.kernel_obligationrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_obligation
ADD CONSTRAINT kernel_obligation_unit_id_67d69e2b_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_obligationruleunit
ADD CONSTRAINT kernel_obligationrul_rule_id_49cb67eb_fk_kernel_ob FOREIGN KEY (rule_id) REFERENCES public.kernel_obligationrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_obligationruleunit
ADD CONSTRAINT kernel_obligationruleunit_unit_id_ac27006e_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_periodreopening
ADD CONSTRAINT kernel_periodreopening_unit_id_40ebaafe_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_savedview
ADD CONSTRAINT kernel_savedview_owner_id_3cc9ad1c_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_savedview
ADD CONSTRAINT kernel_savedview_unit_id_3e87c5e5_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_viewdefault
ADD CONSTRAINT kernel_viewdefault_user_id_0948ef41_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.kernel_viewdefault
ADD CONSTRAINT kernel_viewdefault_view_id_73f39e5b_fk_kernel_savedview_id FOREIGN KEY (view_id) REFERENCES public.kernel_savedview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_employmentspell
ADD CONSTRAINT labour_employmentspe_owner_unit_id_2fd68a04_fk_parties_u FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_employmentspell
ADD CONSTRAINT labour_employmentspell_employer_id_37c0e15f_fk_parties_body_id FOREIGN KEY (employer_id) REFERENCES public.parties_body(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_employmentspell
ADD CONSTRAINT labour_employmentspell_person_id_da12c895_fk_parties_person_id FOREIGN KEY (person_id) REFERENCES public.parties_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_employmentspell
ADD CONSTRAINT labour_employmentspell_place_id_22562595_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_monthlyfact
ADD CONSTRAINT labour_monthlyfact_owner_unit_id_4a0fbde6_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_monthlyfact
ADD CONSTRAINT labour_monthlyfact_place_id_579a9c99_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_monthlyfact
ADD CONSTRAINT labour_monthlyfact_spell_id_359ceecd_fk_labour_em FOREIGN KEY (spell_id) REFERENCES public.labour_employmentspell(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_workerregistration
ADD CONSTRAINT labour_workerregistr_owner_unit_id_b36f1049_fk_parties_u FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_workerregistration
ADD CONSTRAINT labour_workerregistr_person_id_789e399b_fk_parties_p FOREIGN KEY (person_id) REFERENCES public.parties_person(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.labour_workerregistration
ADD CONSTRAINT labour_workerregistration_place_id_2fa44d8a_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_body
ADD CONSTRAINT parties_body_owner_unit_id_79e82635_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_body
ADD CONSTRAINT parties_body_place_id_5b067519_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_groupmember
ADD CONSTRAINT parties_groupmember_group_id_82904830_fk_parties_unitgroup_id FOREIGN KEY (group_id) REFERENCES public.parties_unitgroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_groupmember
ADD CONSTRAINT parties_groupmember_unit_id_9e36ff20_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_person
ADD CONSTRAINT parties_person_owner_unit_id_7186a3d6_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_person
ADD CONSTRAINT parties_person_place_id_c45ac843_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_unit
ADD CONSTRAINT parties_unit_parent_id_413602cd_fk_parties_unit_id FOREIGN KEY (parent_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_unit
ADD CONSTRAINT parties_unit_place_id_dcb975cc_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.parties_unitalias
ADD CONSTRAINT parties_unitalias_unit_id_faf3b110_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.places_place
ADD CONSTRAINT places_place_parent_id_593054a7_fk_places_place_id FOREIGN KEY (parent_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.scheme_duty
ADD CONSTRAINT scheme_duty_group_id_eb6a337e_fk_parties_unitgroup_id FOREIGN KEY (group_id) REFERENCES public.parties_unitgroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_duty
ADD CONSTRAINT scheme_duty_task_id_be422dd5_fk_scheme_task_id FOREIGN KEY (task_id) REFERENCES public.scheme_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_duty
ADD CONSTRAINT scheme_duty_unit_id_3438c125_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_progressreport
ADD CONSTRAINT scheme_progressreport_owner_unit_id_6aeaa71a_fk_parties_unit_id FOREIGN KEY (owner_unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_progressreport
ADD CONSTRAINT scheme_progressreport_place_id_b24c07bf_fk_places_place_id FOREIGN KEY (place_id) REFERENCES public.places_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_progressreport
ADD CONSTRAINT scheme_progressreport_task_id_c78d8ab8_fk_scheme_task_id FOREIGN KEY (task_id) REFERENCES public.scheme_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_question
ADD CONSTRAINT scheme_question_unit_id_121d03e1_fk_parties_unit_id FOREIGN KEY (unit_id) REFERENCES public.parties_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_question
ADD CONSTRAINT scheme_question_version_id_aff1052b_fk_scheme_schemeversion_id FOREIGN KEY (version_id) REFERENCES public.scheme_schemeversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_schemeversion
ADD CONSTRAINT scheme_schemeversion_document_id_8fa358f1_fk_scheme_so FOREIGN KEY (document_id) REFERENCES public.scheme_sourcedocument(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_schemeversion
ADD CONSTRAINT scheme_schemeversion_scheme_id_e073ffa9_fk_scheme_scheme_id FOREIGN KEY (scheme_id) REFERENCES public.scheme_scheme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_section
ADD CONSTRAINT scheme_section_parent_id_1b89220f_fk_scheme_section_id FOREIGN KEY (parent_id) REFERENCES public.scheme_section(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_section
ADD CONSTRAINT scheme_section_version_id_bc08d1e8_fk_scheme_schemeversion_id FOREIGN KEY (version_id) REFERENCES public.scheme_schemeversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_task
ADD CONSTRAINT scheme_task_previous_id_82cfe337_fk_scheme_task_id FOREIGN KEY (previous_id) REFERENCES public.scheme_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_task
ADD CONSTRAINT scheme_task_scheme_id_8a627971_fk_scheme_scheme_id FOREIGN KEY (scheme_id) REFERENCES public.scheme_scheme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.scheme_task
ADD CONSTRAINT scheme_task_section_id_b8cb3538_fk_scheme_section_id FOREIGN KEY (section_id) REFERENCES public.scheme_section(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.appraisal_bulletin ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.appraisal_bulletinfigure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.appraisal_bulletinreceipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.appraisal_bulletintemplate ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.appraisal_indicatortarget ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.appraisal_narrativeslot ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.funds_aidagreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.funds_payment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.funds_project ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.funds_transferreceived ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_amendment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_chaincheck ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_columnmapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_evidencecheck ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_evidencedamage ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_evidencefile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_evidencelink ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_evidencereading ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_exportreading ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_fieldreading ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202611 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202612 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202701 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202702 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202703 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202704 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202705 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202706 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202707 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202708 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202709 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202710 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202711 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202712 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_202801 ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_history_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_importpart ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_keptanswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_obligation ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_obligationrule ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_obligationruleunit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_periodreopening ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_savedview ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.kernel_viewdefault ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.labour_employmentspell ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.labour_monthlyfact ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.labour_workerregistration ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.parties_body ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.parties_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_duty ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_progressreport ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_scheme ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_schemeversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_section ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_sourcedocument ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.scheme_task ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall_add ON public.appraisal_bulletin FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.appraisal_bulletinfigure FOR INSERT TO shanhai_app WITH CHECK ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_add ON public.appraisal_bulletinreceipt FOR INSERT TO shanhai_app WITH CHECK ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_add ON public.appraisal_bulletintemplate FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.appraisal_indicatortarget FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.appraisal_narrativeslot FOR INSERT TO shanhai_app WITH CHECK ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_add ON public.funds_aidagreement FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.aidagreement'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((side)::text, partner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_counterparts('funds.aidagreement'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.funds_payment FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.payment'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.payment'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.payment'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.funds_project FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.project'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.project'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.project'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.funds_transferreceived FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.transferreceived'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.transferreceived'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.transferreceived'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.kernel_amendment FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_add ON public.kernel_chaincheck FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_add ON public.kernel_columnmapping FOR INSERT TO shanhai_app WITH CHECK ((EXISTS ( SELECT
FROM public.parties_unit t0
WHERE ((t0.id = kernel_columnmapping.unit_id) AND ((t0.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_add ON public.kernel_evidencecheck FOR INSERT TO shanhai_app WITH CHECK (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_add ON public.kernel_evidencedamage FOR INSERT TO shanhai_app WITH CHECK (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_add ON public.kernel_evidencefile FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.kernel_evidencelink FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_add ON public.kernel_evidencereading FOR INSERT TO shanhai_app WITH CHECK ((EXISTS ( SELECT
FROM (public.every_kernel_evidencelink t0
JOIN public.every_kernel_evidencefile t1 ON ((t1.id = t0.file_id)))
WHERE ((t0.id = kernel_evidencereading.link_id) AND ((t1.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_add ON public.kernel_exportreading FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.kernel_fieldreading FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.kernel_handover FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.kernel_history FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_history((table_name)::text, row_id)));
CREATE POLICY wall_add ON public.kernel_import FOR INSERT TO shanhai_app WITH CHECK ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_written_for(id)));
CREATE POLICY wall_add ON public.kernel_importpart FOR INSERT TO shanhai_app WITH CHECK ((upload_id IN ( SELECT whole.id
FROM public.kernel_import whole)));
CREATE POLICY wall_add ON public.kernel_job FOR INSERT TO shanhai_app WITH CHECK ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_add ON public.kernel_keptanswer FOR INSERT TO shanhai_app WITH CHECK ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_add ON public.kernel_obligation FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.kernel_obligationrule FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_add ON public.kernel_obligationruleunit FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_add ON public.kernel_periodreopening FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_add ON public.kernel_savedview FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.kernel_viewdefault FOR INSERT TO shanhai_app WITH CHECK ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_add ON public.labour_employmentspell FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.employmentspell'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.employmentspell'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.employmentspell'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.labour_monthlyfact FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.monthlyfact'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.monthlyfact'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.monthlyfact'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.labour_workerregistration FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.workerregistration'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.workerregistration'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.workerregistration'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.parties_body FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.body'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.body'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.body'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.parties_person FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.person'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.person'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.person'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.scheme_duty FOR INSERT TO shanhai_app WITH CHECK ((task_id IN ( SELECT whole.id
FROM public.scheme_task whole)));
CREATE POLICY wall_add ON public.scheme_progressreport FOR INSERT TO shanhai_app WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('scheme.progressreport'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('scheme.progressreport'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('scheme.progressreport'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_add ON public.scheme_question FOR INSERT TO shanhai_app WITH CHECK ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_add ON public.scheme_scheme FOR INSERT TO shanhai_app WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_add ON public.scheme_schemeversion FOR INSERT TO shanhai_app WITH CHECK ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_add ON public.scheme_section FOR INSERT TO shanhai_app WITH CHECK ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_add ON public.scheme_sourcedocument FOR INSERT TO shanhai_app WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_add ON public.scheme_task FOR INSERT TO shanhai_app WITH CHECK ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_change ON public.appraisal_bulletin FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.appraisal_bulletinfigure FOR UPDATE TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole))) WITH CHECK ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_change ON public.appraisal_bulletinreceipt FOR UPDATE TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole))) WITH CHECK ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_change ON public.appraisal_bulletintemplate FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.appraisal_indicatortarget FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.appraisal_narrativeslot FOR UPDATE TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole))) WITH CHECK ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_change ON public.funds_aidagreement FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.aidagreement'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND (((side)::text, partner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_counterparts('funds.aidagreement'::text, 'write'::text) f(side, id)))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.aidagreement'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((side)::text, partner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_counterparts('funds.aidagreement'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.funds_payment FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.payment'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.payment'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.payment'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.payment'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.payment'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.payment'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.funds_project FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.project'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.project'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.project'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.project'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.project'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.project'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.funds_transferreceived FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.transferreceived'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.transferreceived'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.transferreceived'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.transferreceived'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.transferreceived'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.transferreceived'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.kernel_amendment FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id))) WITH CHECK ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_change ON public.kernel_chaincheck FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL)) WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_change ON public.kernel_columnmapping FOR UPDATE TO shanhai_app USING ((EXISTS ( SELECT
FROM public.parties_unit t0
WHERE ((t0.id = kernel_columnmapping.unit_id) AND ((t0.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])))))) WITH CHECK ((EXISTS ( SELECT
FROM public.parties_unit t0
WHERE ((t0.id = kernel_columnmapping.unit_id) AND ((t0.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_change ON public.kernel_evidencecheck FOR UPDATE TO shanhai_app USING (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers))) WITH CHECK (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_change ON public.kernel_evidencedamage FOR UPDATE TO shanhai_app USING (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers))) WITH CHECK (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_change ON public.kernel_evidencefile FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.kernel_evidencelink FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id))) WITH CHECK ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_change ON public.kernel_evidencereading FOR UPDATE TO shanhai_app USING ((EXISTS ( SELECT
FROM (public.every_kernel_evidencelink t0
JOIN public.every_kernel_evidencefile t1 ON ((t1.id = t0.file_id)))
WHERE ((t0.id = kernel_evidencereading.link_id) AND ((t1.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])))))) WITH CHECK ((EXISTS ( SELECT
FROM (public.every_kernel_evidencelink t0
JOIN public.every_kernel_evidencefile t1 ON ((t1.id = t0.file_id)))
WHERE ((t0.id = kernel_evidencereading.link_id) AND ((t1.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_change ON public.kernel_exportreading FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.kernel_fieldreading FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.kernel_handover FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.kernel_history FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_history((table_name)::text, row_id))) WITH CHECK ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_history((table_name)::text, row_id)));
CREATE POLICY wall_change ON public.kernel_import FOR UPDATE TO shanhai_app USING ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_written_for(id))) WITH CHECK ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_written_for(id)));
CREATE POLICY wall_change ON public.kernel_importpart FOR UPDATE TO shanhai_app USING ((upload_id IN ( SELECT whole.id
FROM public.kernel_import whole))) WITH CHECK ((upload_id IN ( SELECT whole.id
FROM public.kernel_import whole)));
CREATE POLICY wall_change ON public.kernel_job FOR UPDATE TO shanhai_app USING ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers))) WITH CHECK ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_change ON public.kernel_keptanswer FOR UPDATE TO shanhai_app USING ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false)) WITH CHECK ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_change ON public.kernel_obligation FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.kernel_obligationrule FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL)) WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_change ON public.kernel_obligationruleunit FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL)) WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_change ON public.kernel_periodreopening FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL)) WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_change ON public.kernel_savedview FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.kernel_viewdefault FOR UPDATE TO shanhai_app USING ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false)) WITH CHECK ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_change ON public.labour_employmentspell FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.employmentspell'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.employmentspell'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.employmentspell'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.employmentspell'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.employmentspell'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.employmentspell'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.labour_monthlyfact FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.monthlyfact'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.monthlyfact'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.monthlyfact'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.monthlyfact'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.monthlyfact'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.monthlyfact'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.labour_workerregistration FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.workerregistration'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.workerregistration'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.workerregistration'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.workerregistration'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.workerregistration'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.workerregistration'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.parties_body FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.body'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.body'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.body'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.body'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.body'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.body'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.parties_person FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.person'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.person'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.person'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.person'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.person'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.person'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.scheme_duty FOR UPDATE TO shanhai_app USING ((task_id IN ( SELECT whole.id
FROM public.scheme_task whole))) WITH CHECK ((task_id IN ( SELECT whole.id
FROM public.scheme_task whole)));
CREATE POLICY wall_change ON public.scheme_progressreport FOR UPDATE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('scheme.progressreport'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('scheme.progressreport'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('scheme.progressreport'::text, 'write'::text) f(side, id))))) WITH CHECK ((((side)::text = ANY (( SELECT public.kernel_wall_sides('scheme.progressreport'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('scheme.progressreport'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('scheme.progressreport'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_change ON public.scheme_question FOR UPDATE TO shanhai_app USING ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole))) WITH CHECK ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_change ON public.scheme_scheme FOR UPDATE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))) WITH CHECK (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_change ON public.scheme_schemeversion FOR UPDATE TO shanhai_app USING ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole))) WITH CHECK ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_change ON public.scheme_section FOR UPDATE TO shanhai_app USING ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole))) WITH CHECK ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_change ON public.scheme_sourcedocument FOR UPDATE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL)) WITH CHECK ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_change ON public.scheme_task FOR UPDATE TO shanhai_app USING ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole))) WITH CHECK ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_owner ON public.appraisal_bulletin TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.appraisal_bulletinfigure TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.appraisal_bulletinreceipt TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.appraisal_bulletintemplate TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.appraisal_indicatortarget TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.appraisal_narrativeslot TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.funds_aidagreement TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.funds_payment TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.funds_project TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.funds_transferreceived TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_amendment TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_chaincheck TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_columnmapping TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_evidencecheck TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_evidencedamage TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_evidencefile TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_evidencelink TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_evidencereading TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_exportreading TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_fieldreading TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_handover TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202611 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202612 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202701 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202702 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202703 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202704 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202705 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202706 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202707 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202708 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202709 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202710 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202711 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202712 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_202801 TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_history_default TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_import TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_importpart TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_job TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_keptanswer TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_obligation TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_obligationrule TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_obligationruleunit TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_periodreopening TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_savedview TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.kernel_viewdefault TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.labour_employmentspell TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.labour_monthlyfact TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.labour_workerregistration TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.parties_body TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.parties_person TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_duty TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_progressreport TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_question TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_scheme TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_schemeversion TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_section TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_sourcedocument TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_owner ON public.scheme_task TO shanhai_owner USING (true) WITH CHECK (true);
CREATE POLICY wall_remove ON public.appraisal_bulletin FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.appraisal_bulletinfigure FOR DELETE TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_remove ON public.appraisal_bulletinreceipt FOR DELETE TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_remove ON public.appraisal_bulletintemplate FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.appraisal_indicatortarget FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.appraisal_narrativeslot FOR DELETE TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_remove ON public.funds_aidagreement FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.aidagreement'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.aidagreement'::text, 'write'::text) f(side, id))) OR (((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND (((side)::text, partner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_counterparts('funds.aidagreement'::text, 'write'::text) f(side, id))))));
CREATE POLICY wall_remove ON public.funds_payment FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.payment'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.payment'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.payment'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.funds_project FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.project'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.project'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.project'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.funds_transferreceived FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.transferreceived'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.transferreceived'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.transferreceived'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.kernel_amendment FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_remove ON public.kernel_chaincheck FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_remove ON public.kernel_columnmapping FOR DELETE TO shanhai_app USING ((EXISTS ( SELECT
FROM public.parties_unit t0
WHERE ((t0.id = kernel_columnmapping.unit_id) AND ((t0.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_remove ON public.kernel_evidencecheck FOR DELETE TO shanhai_app USING (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_remove ON public.kernel_evidencedamage FOR DELETE TO shanhai_app USING (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_remove ON public.kernel_evidencefile FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.kernel_evidencelink FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_remove ON public.kernel_evidencereading FOR DELETE TO shanhai_app USING ((EXISTS ( SELECT
FROM (public.every_kernel_evidencelink t0
JOIN public.every_kernel_evidencefile t1 ON ((t1.id = t0.file_id)))
WHERE ((t0.id = kernel_evidencereading.link_id) AND ((t1.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_remove ON public.kernel_exportreading FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.kernel_fieldreading FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.kernel_handover FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.kernel_history FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_history((table_name)::text, row_id)));
CREATE POLICY wall_remove ON public.kernel_import FOR DELETE TO shanhai_app USING ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_written_for(id)));
CREATE POLICY wall_remove ON public.kernel_importpart FOR DELETE TO shanhai_app USING ((upload_id IN ( SELECT whole.id
FROM public.kernel_import whole)));
CREATE POLICY wall_remove ON public.kernel_job FOR DELETE TO shanhai_app USING ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_remove ON public.kernel_keptanswer FOR DELETE TO shanhai_app USING ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_remove ON public.kernel_obligation FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.kernel_obligationrule FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_remove ON public.kernel_obligationruleunit FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_remove ON public.kernel_periodreopening FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_remove ON public.kernel_savedview FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.kernel_viewdefault FOR DELETE TO shanhai_app USING ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_remove ON public.labour_employmentspell FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.employmentspell'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.employmentspell'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.employmentspell'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.labour_monthlyfact FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.monthlyfact'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.monthlyfact'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.monthlyfact'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.labour_workerregistration FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.workerregistration'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.workerregistration'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.workerregistration'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.parties_body FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.body'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.body'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.body'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.parties_person FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.person'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.person'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.person'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.scheme_duty FOR DELETE TO shanhai_app USING ((task_id IN ( SELECT whole.id
FROM public.scheme_task whole)));
CREATE POLICY wall_remove ON public.scheme_progressreport FOR DELETE TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('scheme.progressreport'::text, 'write'::text) AS kernel_wall_sides)::text[])) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('scheme.progressreport'::text, 'write'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('scheme.progressreport'::text, 'write'::text) f(side, id)))));
CREATE POLICY wall_remove ON public.scheme_question FOR DELETE TO shanhai_app USING ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_remove ON public.scheme_scheme FOR DELETE TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_remove ON public.scheme_schemeversion FOR DELETE TO shanhai_app USING ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_remove ON public.scheme_section FOR DELETE TO shanhai_app USING ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_remove ON public.scheme_sourcedocument FOR DELETE TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_remove ON public.scheme_task FOR DELETE TO shanhai_app USING ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_view ON public.appraisal_bulletin FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.appraisal_bulletinfigure FOR SELECT TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_view ON public.appraisal_bulletinreceipt FOR SELECT TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_view ON public.appraisal_bulletintemplate FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.appraisal_indicatortarget FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_view ON public.appraisal_narrativeslot FOR SELECT TO shanhai_app USING ((bulletin_id IN ( SELECT whole.id
FROM public.appraisal_bulletin whole)));
CREATE POLICY wall_view ON public.funds_aidagreement FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.aidagreement'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('funds.aidagreement'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.aidagreement'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.aidagreement'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.funds_payment FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.payment'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('funds.payment'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.payment'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.payment'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.funds_project FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.project'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('funds.project'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.project'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.project'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.funds_transferreceived FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('funds.transferreceived'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('funds.transferreceived'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('funds.transferreceived'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('funds.transferreceived'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.kernel_amendment FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_view ON public.kernel_chaincheck FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_view ON public.kernel_columnmapping FOR SELECT TO shanhai_app USING ((EXISTS ( SELECT
FROM public.parties_unit t0
WHERE ((t0.id = kernel_columnmapping.unit_id) AND ((t0.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_view ON public.kernel_evidencecheck FOR SELECT TO shanhai_app USING (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_view ON public.kernel_evidencedamage FOR SELECT TO shanhai_app USING (((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_view ON public.kernel_evidencefile FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.kernel_evidencelink FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_row((ledger)::text, row_id)));
CREATE POLICY wall_view ON public.kernel_evidencereading FOR SELECT TO shanhai_app USING ((EXISTS ( SELECT
FROM (public.every_kernel_evidencelink t0
JOIN public.every_kernel_evidencefile t1 ON ((t1.id = t0.file_id)))
WHERE ((t0.id = kernel_evidencereading.link_id) AND ((t1.side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[]))))));
CREATE POLICY wall_view ON public.kernel_exportreading FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.kernel_fieldreading FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.kernel_handover FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.kernel_history FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_history((table_name)::text, row_id)));
CREATE POLICY wall_view ON public.kernel_import FOR SELECT TO shanhai_app USING ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR public.kernel_wall_written_for(id)));
CREATE POLICY wall_view ON public.kernel_importpart FOR SELECT TO shanhai_app USING ((upload_id IN ( SELECT whole.id
FROM public.kernel_import whole)));
CREATE POLICY wall_view ON public.kernel_job FOR SELECT TO shanhai_app USING ((((requester_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR ( SELECT public.kernel_wall_administers() AS kernel_wall_administers)));
CREATE POLICY wall_view ON public.kernel_keptanswer FOR SELECT TO shanhai_app USING ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_view ON public.kernel_obligation FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.kernel_obligationrule FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_view ON public.kernel_obligationruleunit FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_view ON public.kernel_periodreopening FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_view ON public.kernel_savedview FOR SELECT TO shanhai_app USING (((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])));
CREATE POLICY wall_view ON public.kernel_viewdefault FOR SELECT TO shanhai_app USING ((((user_id)::text = ANY (( SELECT public.kernel_wall_person() AS kernel_wall_person)::text[])) OR ( SELECT public.kernel_wall_is_open() AS kernel_wall_is_open) OR false));
CREATE POLICY wall_view ON public.labour_employmentspell FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.employmentspell'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('labour.employmentspell'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.employmentspell'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.employmentspell'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.labour_monthlyfact FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.monthlyfact'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('labour.monthlyfact'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.monthlyfact'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.monthlyfact'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.labour_workerregistration FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('labour.workerregistration'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('labour.workerregistration'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('labour.workerregistration'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('labour.workerregistration'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.parties_body FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.body'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('parties.body'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.body'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.body'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.parties_person FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('parties.person'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('parties.person'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('parties.person'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('parties.person'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.scheme_duty FOR SELECT TO shanhai_app USING ((task_id IN ( SELECT whole.id
FROM public.scheme_task whole)));
CREATE POLICY wall_view ON public.scheme_progressreport FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides('scheme.progressreport'::text, 'view'::text) AS kernel_wall_sides)::text[])) OR (((sharing)::text <> 'private'::text) AND ((state)::text = ANY ((ARRAY['submitted'::character varying, 'awaiting'::character varying, 'verified'::character varying])::text[])) AND ( SELECT public.kernel_wall_shares('scheme.progressreport'::text) AS kernel_wall_shares)) OR (((side)::text, owner_unit_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_units('scheme.progressreport'::text, 'view'::text) f(side, id))) OR (((side)::text, place_id) IN ( SELECT f.side,
f.id
FROM public.kernel_wall_places('scheme.progressreport'::text, 'view'::text) f(side, id)))));
CREATE POLICY wall_view ON public.scheme_question FOR SELECT TO shanhai_app USING ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_view ON public.scheme_scheme FOR SELECT TO shanhai_app USING ((((side)::text = ANY (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told)::text[])) OR (((sharing)::text <> 'private'::text) AND (( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL))));
CREATE POLICY wall_view ON public.scheme_schemeversion FOR SELECT TO shanhai_app USING ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
CREATE POLICY wall_view ON public.scheme_section FOR SELECT TO shanhai_app USING ((version_id IN ( SELECT whole.id
FROM public.scheme_schemeversion whole)));
CREATE POLICY wall_view ON public.scheme_sourcedocument FOR SELECT TO shanhai_app USING ((( SELECT public.kernel_wall_sides_told() AS kernel_wall_sides_told) IS NOT NULL));
CREATE POLICY wall_view ON public.scheme_task FOR SELECT TO shanhai_app USING ((scheme_id IN ( SELECT whole.id
FROM public.scheme_scheme whole)));
GRANT USAGE ON SCHEMA public TO shanhai_app;
GRANT ALL ON FUNCTION public.appraisal_keep_bulletin() TO shanhai_app;
GRANT ALL ON FUNCTION public.appraisal_keep_part() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_analyse() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_block_content(after_id bigint, upto_id bigint, from_xid bigint, to_xid bigint) TO shanhai_app;
GRANT SELECT ON TABLE public.kernel_sealblock TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_block_text(b public.kernel_sealblock) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_chain_server() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_ensure_history_partitions(first date, months integer) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_history_columns(recorded regclass, omitted text[]) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_history_difference(recorded regclass, omitted text[]) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_history_digested(kept jsonb, digested text[]) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_history_document(recorded regclass, omitted text[], alias text) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_history_row(whole jsonb, omitted text[], digested text[]) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_keep_block(block public.kernel_sealblock) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_next_block(most integer) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_record_history() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_recorded_at() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_seal_algorithm() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_seal_block(most integer) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_sealed_month(at timestamp with time zone) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_sealed_text(id bigint, at timestamp with time zone, transaction_id bigint, table_name character varying, row_id uuid, operation character varying, "row" jsonb, before jsonb, actor character varying, reason character varying, request_id character varying, import_id uuid) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_settled_below() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall(ledger text, way text) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_administers() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_is_open() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_is_told() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_person() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_shares(ledger text) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_sides(ledger text, way text) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_sides_told() TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_wall_written_for(import uuid) TO shanhai_app;
GRANT ALL ON FUNCTION public.kernel_written_since(seen pg_snapshot, seen_at timestamp with time zone, tables text[], most integer) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_jobs TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_notify_queue_abort_job_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_notify_queue_job_inserted_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_register_worker_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_trigger_function_status_events_update_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_unlink_periodic_defers_v1() TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) TO shanhai_app;
GRANT ALL ON FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_apitoken TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_keptpassword TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_membership TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_setuplink TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_signinevent TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_signinrule TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_tokenuse TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_groups TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_groups_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts_user_user_permissions TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.accounts_user_user_permissions_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appraisal_bulletin TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appraisal_bulletinfigure TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appraisal_bulletinreceipt TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appraisal_bulletintemplate TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appraisal_indicatortarget TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.appraisal_narrativeslot TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO shanhai_app;
GRANT SELECT ON TABLE public.django_migrations TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO shanhai_app;
GRANT SELECT ON TABLE public.every_appraisal_bulletin TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_appraisal_bulletin TO shanhai_app;
GRANT SELECT ON TABLE public.every_appraisal_bulletinfigure TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_appraisal_bulletinfigure TO shanhai_app;
GRANT SELECT ON TABLE public.every_appraisal_bulletinreceipt TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_appraisal_bulletinreceipt TO shanhai_app;
GRANT SELECT ON TABLE public.every_appraisal_bulletintemplate TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_appraisal_bulletintemplate TO shanhai_app;
GRANT SELECT ON TABLE public.every_appraisal_indicatortarget TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_appraisal_indicatortarget TO shanhai_app;
GRANT SELECT ON TABLE public.every_appraisal_narrativeslot TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_appraisal_narrativeslot TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_aidagreement TO shanhai_app;
GRANT SELECT ON TABLE public.every_funds_aidagreement TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_funds_aidagreement TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_payment TO shanhai_app;
GRANT SELECT ON TABLE public.every_funds_payment TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_funds_payment TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_project TO shanhai_app;
GRANT SELECT ON TABLE public.every_funds_project TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_funds_project TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_transferreceived TO shanhai_app;
GRANT SELECT ON TABLE public.every_funds_transferreceived TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_funds_transferreceived TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_amendment TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_amendment TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_amendment TO shanhai_app;
GRANT SELECT,INSERT ON TABLE public.kernel_chaincheck TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_chaincheck TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_chaincheck TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_columnmapping TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_columnmapping TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_columnmapping TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_evidencecheck TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_evidencecheck TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_evidencecheck TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_evidencedamage TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_evidencedamage TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_evidencedamage TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_evidencefile TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_evidencefile TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_evidencefile TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_evidencelink TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_evidencelink TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_evidencelink TO shanhai_app;
GRANT SELECT,INSERT ON TABLE public.kernel_evidencereading TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_evidencereading TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_evidencereading TO shanhai_app;
GRANT SELECT,INSERT ON TABLE public.kernel_exportreading TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_exportreading TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_exportreading TO shanhai_app;
GRANT SELECT,INSERT ON TABLE public.kernel_fieldreading TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_fieldreading TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_fieldreading TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_handover TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_handover TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_handover TO shanhai_app;
GRANT SELECT ON TABLE public.kernel_history TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_history TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_history TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_import TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_import TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_import TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_importpart TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_importpart TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_importpart TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_job TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_job TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_job TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_keptanswer TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_keptanswer TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_keptanswer TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_obligation TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_obligation TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_obligation TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_obligationrule TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_obligationrule TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_obligationrule TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_obligationruleunit TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_obligationruleunit TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_obligationruleunit TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_periodreopening TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_periodreopening TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_periodreopening TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_savedview TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_savedview TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_savedview TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_viewdefault TO shanhai_app;
GRANT SELECT ON TABLE public.every_kernel_viewdefault TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_kernel_viewdefault TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labour_employmentspell TO shanhai_app;
GRANT SELECT ON TABLE public.every_labour_employmentspell TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_labour_employmentspell TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labour_monthlyfact TO shanhai_app;
GRANT SELECT ON TABLE public.every_labour_monthlyfact TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_labour_monthlyfact TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labour_workerregistration TO shanhai_app;
GRANT SELECT ON TABLE public.every_labour_workerregistration TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_labour_workerregistration TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties_body TO shanhai_app;
GRANT SELECT ON TABLE public.every_parties_body TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_parties_body TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties_person TO shanhai_app;
GRANT SELECT ON TABLE public.every_parties_person TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_parties_person TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_duty TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_duty TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_duty TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_progressreport TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_progressreport TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_progressreport TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_question TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_question TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_question TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_scheme TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_scheme TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_scheme TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_schemeversion TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_schemeversion TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_schemeversion TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_section TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_section TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_section TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_sourcedocument TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_sourcedocument TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_sourcedocument TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scheme_task TO shanhai_app;
GRANT SELECT ON TABLE public.every_scheme_task TO shanhai_app;
GRANT UPDATE(wall_lock) ON TABLE public.every_scheme_task TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_progressbar TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_stagemove TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funds_threshold TO shanhai_app;
GRANT SELECT ON TABLE public.kernel_archivedmonth TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_customfield TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.kernel_evidencecheck_id_seq TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.kernel_evidencedamage_id_seq TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.kernel_history_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.kernel_historyretention TO shanhai_app;
GRANT SELECT ON TABLE public.kernel_installation TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.kernel_keptanswer_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labour_destinationgroup TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.labour_threshold TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties_groupmember TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties_unit TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties_unitalias TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.parties_unitgroup TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.places_place TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_events TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_events_id_seq TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_jobs_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_periodic_defers TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_workers TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_workers_id_seq TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shanhai_cache TO shanhai_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.usersessions_usersession TO shanhai_app;
GRANT SELECT,USAGE ON SEQUENCE public.usersessions_usersession_id_seq TO shanhai_app;
