// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"math"
	"runtime/pprof"
)

const (
	streetsPerRadius  = 3_000_000
	driversPerRadius  = 1_500_000
	attemptsPerRadius = 15_000_000
)

func orderBike(ctx context.Context, region string, workers *workerPool) {
	order(ctx, "bike", region, 1, workers)
}

func orderScooter(ctx context.Context, region string, workers *workerPool) {
	order(ctx, "scooter", region, 2, workers)
}

func orderCar(ctx context.Context, region string, workers *workerPool) {
	order(ctx, "car", region, 3, workers)
}

// order puts the label on all CPU time until it ends, and on that of goroutines which start meanwhile.
func order(ctx context.Context, vehicle, region string, radius int, workers *workerPool) {
	pprof.Do(ctx, pprof.Labels("vehicle", vehicle), func(context.Context) { findNearestVehicle(vehicle, region, radius) })
	workers.enqueue(vehicle)
}

// findNearestVehicle counts its work and does not time it: it takes the same CPU time whatever else the machine does.
//
//go:noinline
func findNearestVehicle(vehicle, region string, radius int) float64 {
	nearest := math.MaxFloat64
	for street := 1; street <= radius*streetsPerRadius; street++ {
		if distance := 1 / float64(street); distance < nearest {
			nearest = distance
		}
	}
	if vehicle == "car" {
		checkDriverAvailability(region, radius)
	}
	return nearest
}

//go:noinline
func checkDriverAvailability(region string, radius int) float64 {
	if region == "eu-north" {
		mutexLock(radius)
	}
	best := 0.0
	for driver := 1; driver <= radius*driversPerRadius; driver++ {
		if rating := 5 / float64(driver); rating > best {
			best = rating
		}
	}
	return best
}

// mutexLock asks for the mutex around the drivers of a region again and again, which takes CPU: what is wrong in eu-north.
//
//go:noinline
func mutexLock(radius int) float64 {
	patience := 1.0
	for attempt := 1; attempt <= radius*attemptsPerRadius; attempt++ {
		if left := 1 / float64(attempt); left < patience {
			patience = left
		}
	}
	return patience
}
