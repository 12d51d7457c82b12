FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Detector -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN useradd --system --home /data detector && mkdir /data && chown detector /data
USER detector
VOLUME /data
EXPOSE 8080 1883
ENTRYPOINT ["/app/detector"]
