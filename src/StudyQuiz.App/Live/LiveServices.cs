using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Live;

/// <summary>Live games: the silo that runs them, the hubs that people reach them by.</summary>
public static class LiveServices
{
    private const string Service = "studyquiz";

    /// <exception cref="SettingException">The cluster's settings can't be used.</exception>
    public static void AddLive(this WebApplicationBuilder builder, NpgsqlDataSource db)
    {
        var cluster = ClusterSettings.Of(builder.Configuration);
        builder.Services
            .AddSingleton<GameLoading>()
            .AddSingleton<GameJournal>()
            .AddSingleton<Seats>()
            .AddSingleton<Watchers>()
            .AddSingleton<NameRules>()
            .AddSingleton<PlayerConnections>()
            .AddSingleton<HubLifetimeManager<PlayerHub>>(services => services.GetRequiredService<PlayerConnections>())
            .AddSingleton<HostConnections>()
            .AddHostedService(services => services.GetRequiredService<HostConnections>())
            .AddSingleton<QuietCollector>()
            .AddSingleton<GameRelay>()
            .AddHostedService(services => services.GetRequiredService<GameRelay>())
            .AddSingleton<GameReviews>()
            .AddHostedService(services => services.GetRequiredService<GameReviews>())
            .AddHostedService<OtherHosts>();
        builder.Services.AddSingleton<HubAttachment>().AddSignalR(hub =>
            {
                hub.AddFilter<HubAttachment>();
                hub.MaximumReceiveMessageSize = Limits.MessageBytes;
                hub.MaximumParallelInvocationsPerClient = 1;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
                hub.HandshakeTimeout = TimeSpan.FromSeconds(5);
                hub.EnableDetailedErrors = false;
                hub.DisableImplicitFromServicesParameters = true;
            })
            .AddJsonProtocol(json =>
            {
                DomainJson.Configure(json.PayloadSerializerOptions);
                // What a phone sends must be whole: an answer without its list is no answer.
                json.PayloadSerializerOptions.RespectNullableAnnotations = true;
                json.PayloadSerializerOptions.RespectRequiredConstructorParameters = true;
            });
        // Of protocols with one name, the last counts
        builder.Services.AddSingleton<IHubProtocol, BoundedHubProtocol>();

        builder.Host.UseOrleans(silo =>
        {
            if (cluster is not null) Join(silo, cluster, db);
            // Two hosts on one machine must not meet on the default ports.
            else silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: Service, clusterId: Guid.NewGuid().ToString("N"));
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            // Room for a million grains takes 9 MB at once
            silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = 10_000);
            silo.Services.AddSingleton<IGeneralizedCopier, ImmutableCopier>();
            silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(IsOurs, isCopyable: _ => false, json => json.Configure(codec => codec.SerializerOptions = DomainJson.Options)));
        });
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        app.MapHub<PlayerHub>(SeatGate.Player, Bounded).RequireRateLimiting(RateLimits.Sockets);
        app.MapHub<HostHub>("/hubs/host", Bounded).RequireRateLimiting(RateLimits.Sockets);
        app.MapHub<WatchHub>(SeatGate.Watch, Bounded).RequireRateLimiting(RateLimits.Sockets);
    }

    // A dead host is known after two missed probes, a second each; one that was stopped and goes on learns it from the table and ends.
    private static void Join(ISiloBuilder silo, ClusterSettings cluster, NpgsqlDataSource db) => silo
        .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = ("Npgsql", db))
        .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (Service, cluster.Name))
        .Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (cluster.Address, cluster.Port ?? FreePort(cluster.Address), 0))
        .Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("StudyQuiz.", StringComparison.Ordinal) == true;

    private static void Bounded(HttpConnectionDispatcherOptions connections)
    {
        connections.ApplicationMaxBufferSize = 8192;
        connections.TransportSendTimeout = TimeSpan.FromSeconds(5);
        connections.CloseOnAuthenticationExpiration = true;
        connections.AllowStatefulReconnects = false;
    }

    private static int FreePort(IPAddress? address = null)
    {
        using var listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// What games and their callers hand to each other are immutable records, so that within a process they need no copy. The JSON
    /// serializer's own would write and read each of 5,000 answers and receipts once more.
    /// </summary>
    private sealed class ImmutableCopier : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => IsOurs(type);

        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
