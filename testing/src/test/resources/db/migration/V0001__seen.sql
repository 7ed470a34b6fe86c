CREATE TABLE seen (id bigint PRIMARY KEY);
