package main

import "strconv"

func percent(digits string) float64 {
	number, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return float64(number) / 100
}
