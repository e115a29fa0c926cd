module rideload

go 1.19
