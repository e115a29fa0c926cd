# The Go service, its push loop and the customers: one image, three commands. Context: examples/rideshare.
FROM golang:1.23-bookworm AS build
WORKDIR /source
COPY go go
COPY load load
RUN cd go && CGO_ENABLED=0 go build -o /app/ride-share-go . && cd ../load && CGO_ENABLED=0 go build -o /app/ride-share-load .

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
COPY --chmod=755 go/push.sh /app/push.sh
EXPOSE 5000
USER nobody
CMD ["/app/ride-share-go"]
