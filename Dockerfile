# Builds from Ubuntu's own packages of .NET 10 and Node, so that one registry is enough.
FROM ubuntu:26.04 AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends dotnet-sdk-10.0 nodejs npm ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY migrations migrations
COPY questions questions
COPY src src
# PostgreSQL is a container of its own here, so the embedded one is left out
RUN dotnet publish src/StudyQuiz.App -c Release -o /app -p:EmbeddedPostgresFromNpm=false

FROM ubuntu:26.04
RUN apt-get update \
 && apt-get install -y --no-install-recommends aspnetcore-runtime-10.0 curl ca-certificates tzdata libicu78 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
USER ubuntu
ENV ASPNETCORE_ENVIRONMENT=Production
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s CMD curl -fsS http://127.0.0.1:8080/ready || exit 1
ENTRYPOINT ["dotnet", "studyquiz.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:8080"]
