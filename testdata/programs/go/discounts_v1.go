//go:build !v2

package main

import "regexp"

const release = "v1"

var couponPattern = regexp.MustCompile(`^([A-Z]{2,4})-(\d{1,2})%?$`)

// applyDiscounts gives the price of an item after all coupons; each pattern is compiled once, at start.
func applyDiscounts(it item, coupons []string) float64 {
	cents := it.Cents
	for _, coupon := range coupons {
		if match := couponPattern.FindStringSubmatch(coupon); match != nil {
			cents -= cents * percent(match[2])
		}
	}
	return cents
}
