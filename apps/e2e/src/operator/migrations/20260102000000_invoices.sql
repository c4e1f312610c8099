CREATE TABLE invoices (id integer NOT NULL, customer integer NOT NULL REFERENCES customers (id), PRIMARY KEY (id));
