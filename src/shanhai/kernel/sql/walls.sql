-- What policies ask of the setting `shanhai.wall`, which the kernel tells once a transaction (kernel/walls/told.py). Single
-- expressions, which the planner inlines. Unset and empty are alike: nothing is reached.
CREATE OR REPLACE FUNCTION kernel_wall(ledger text, way text) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        nullif(current_setting('shanhai.wall', true), '')::jsonb -> ledger,
        nullif(current_setting('shanhai.wall', true), '')::jsonb -> ''
    ) -> way
$$;

CREATE OR REPLACE FUNCTION kernel_wall_sides(ledger text, way text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(kernel_wall(ledger, way) ->> 's', ',')
$$;

CREATE OR REPLACE FUNCTION kernel_wall_shares(ledger text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((kernel_wall(ledger, 'view') -> 'r')::boolean, false)
$$;

-- Sides of whoever acts by a membership that reads; null where there is none.
CREATE OR REPLACE FUNCTION kernel_wall_sides_told() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(nullif(nullif(current_setting('shanhai.wall', true), '')::jsonb ->> 'sides', ''), ',')
$$;

-- Whether whoever acts is bound to one person or body of the registers.
CREATE OR REPLACE FUNCTION kernel_wall_is_bound() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((nullif(current_setting('shanhai.wall', true), '')::jsonb -> 'bound')::boolean, false)
$$;

-- The subject of that kind that whoever acts is bound to, with its side; none where the ledger is not theirs to view.
CREATE OR REPLACE FUNCTION kernel_wall_subjects(ledger text, kind text) RETURNS TABLE (side varchar, id uuid)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT (one ->> 1)::varchar, (one ->> 2)::uuid FROM jsonb_array_elements(kernel_wall(ledger, 'view') -> 'b') one
    WHERE one ->> 0 = kind
$$;

-- The key of whoever acts, alone in an array: null is equal to nothing.
CREATE OR REPLACE FUNCTION kernel_wall_person() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ARRAY[nullif(current_setting('shanhai.actor', true), '')]
$$;

CREATE OR REPLACE FUNCTION kernel_wall_is_open() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((nullif(current_setting('shanhai.wall', true), '')::jsonb -> 'all')::boolean, false)
$$;

CREATE OR REPLACE FUNCTION kernel_wall_administers() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((nullif(current_setting('shanhai.wall', true), '')::jsonb -> 'administers')::boolean, false)
$$;

-- Whether whoever acts is an administrator of any kind.
CREATE OR REPLACE FUNCTION kernel_wall_looks_after() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((nullif(current_setting('shanhai.wall', true), '')::jsonb -> 'looks')::boolean, false)
$$;

-- Sides of which whoever acts watches who read what; null where there is none.
CREATE OR REPLACE FUNCTION kernel_wall_watched() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT string_to_array(nullif(nullif(current_setting('shanhai.wall', true), '')::jsonb ->> 'watched', ''), ',')
$$;

CREATE OR REPLACE FUNCTION kernel_wall_is_told() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('shanhai.wall', true), '') <> ''
$$;

-- Whoever writes rows of a unit sees the imports that others made for it. A function, for a policy must not ask itself.
CREATE OR REPLACE FUNCTION kernel_wall_written_for(import uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM every_kernel_importpart p JOIN kernel_wall_units(p.ledger, 'write') f ON f.id = p.unit_id
        WHERE p.upload_id = import
    );
END $$;
