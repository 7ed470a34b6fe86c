-- A token for a screen on a wall reads what the wall shows, and nothing else.
ALTER TABLE api_token ADD COLUMN wall boolean NOT NULL DEFAULT false;
