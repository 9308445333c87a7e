-- Months are numbered year × 12 + month − 1. When a row counts is a range of the months in which windows end, so that all
-- windows are read in one pass (ADR 0006). Run again at every migrate.
CREATE OR REPLACE FUNCTION kernel_month(day date) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT extract(year FROM day)::integer * 12 + extract(month FROM day)::integer - 1
$$;

-- The last month of the window of `size` months in which a month lies.
CREATE OR REPLACE FUNCTION kernel_window_end(month integer, size integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT month / size * size + size - 1 $$;

-- The months from `first` until before `last`, without end where `last` is null; empty where there are none or `first` is unknown.
CREATE OR REPLACE FUNCTION kernel_active(first integer, last integer) RETURNS int4range
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN first < coalesce(last, 2147483647) THEN int4range(first, last) ELSE 'empty'::int4range END
$$;

-- First and last month of a reporting period by its code; null for what is no code.
CREATE OR REPLACE FUNCTION kernel_period_first(code text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN code ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' THEN left(code, 4)::integer * 12 + right(code, 2)::integer - 1
        WHEN code ~ '^[0-9]{4}Q[1-4]$' THEN left(code, 4)::integer * 12 + right(code, 1)::integer * 3 - 3
        WHEN code ~ '^[0-9]{4}$' THEN code::integer * 12
    END
$$;
CREATE OR REPLACE FUNCTION kernel_period_last(code text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT kernel_period_first(code) + CASE length(code) WHEN 7 THEN 0 WHEN 6 THEN 2 ELSE 11 END
$$;
