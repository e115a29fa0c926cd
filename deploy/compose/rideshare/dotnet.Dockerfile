# The C# service. Context: the root of the repository, for the SDK is built with it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish examples/rideshare/dotnet -c Release --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://0.0.0.0:5000
EXPOSE 5000
USER app
ENTRYPOINT ["/app/Rideshare"]
