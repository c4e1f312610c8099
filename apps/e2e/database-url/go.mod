module database-url

go 1.25.0
