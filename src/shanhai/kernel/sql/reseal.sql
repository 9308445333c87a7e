-- The same values under another key (ADR 0030): no fact changes, so history has no entry of it, and a row that somebody
-- edits at this moment keeps what was written. Run again at every migrate.

-- A text without its tokens: what must be equal before and after.
CREATE OR REPLACE FUNCTION kernel_without_tokens(told text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(told, '\mv1\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{38,}', 'v1', 'g')
$$;

-- Rows `ids` whose column holds `stored` get `fresh`; how many did. The owner's, as its triggers of history stand aside only
-- for him and only here: the application cannot write past history, as it may exchange nothing but tokens, in the columns that
-- models declare as sealed. What a token holds the database cannot know; its column and key are authenticated with it.
CREATE OR REPLACE FUNCTION kernel_reseal(into_table text, into_column text, ids uuid[], stored text[], fresh text[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kind text := (SELECT c.kind FROM kernel_sealed_columns() c WHERE c.of_table = into_table AND c.of_column = into_column);
    written bigint;
BEGIN
    IF kind IS NULL THEN
        RAISE EXCEPTION '%.% is not declared as sealed', into_table, into_column;
    END IF;
    IF EXISTS (
        SELECT FROM unnest(stored, fresh) n(was, is_now)
        WHERE kernel_without_tokens(was) IS DISTINCT FROM kernel_without_tokens(is_now)
    ) THEN
        RAISE EXCEPTION 'only tokens may be exchanged in %.%', into_table, into_column;
    END IF;
    PERFORM set_config('shanhai.resealing', 'on', true);
    EXECUTE format(
        'UPDATE %1$I t SET %2$I = n.fresh::%3$s FROM unnest($1, $2, $3) n(id, stored, fresh)'
        ' WHERE t.id = n.id AND t.%2$I = n.stored::%3$s', into_table, into_column, kind)
    USING ids, stored, fresh;
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM set_config('shanhai.resealing', '', true);
    RETURN written;
END $$;
