module rideshare

go 1.19
