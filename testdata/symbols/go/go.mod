module symbols

go 1.19
