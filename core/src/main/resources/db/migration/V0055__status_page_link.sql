-- A page for those who have its link: of the token in it the hash is kept. Of such a page "published" stays false, so that a
-- server which does not know links yet shows it to nobody; whether it is published says its content.
ALTER TABLE status_page ADD COLUMN link_hash bytea UNIQUE; -- SHA-256; null where everybody sees the page once it is published
