//go:build v2

package main

import "regexp"

const release = "v2"

// applyDiscounts gives the price of an item after all coupons. The regression of this release: coupons got a prefix
// per category, and the pattern is now compiled anew for every item and coupon.
func applyDiscounts(it item, coupons []string) float64 {
	cents := it.Cents
	for _, coupon := range coupons {
		if match := compileCoupon(it.SKU[:2]).FindStringSubmatch(coupon); match != nil {
			cents -= cents * percent(match[2])
		}
	}
	return cents
}

func compileCoupon(category string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + regexp.QuoteMeta(category) + `-)?([A-Z]{2,4})-(\d{1,2})%?$`)
}
