using System.Net;
using Microsoft.Extensions.Configuration;
using StudyQuiz.App.Commands;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Commands;

public sealed class AddressTests
{
    [Fact]
    public void The_address_on_the_network_is_that_of_a_real_interface_with_a_gateway()
    {
        LanAddress.Candidate[] interfaces =
        [
            new("lo", true, true, false, [IPAddress.Loopback]),
            new("docker0", true, false, true, [IPAddress.Parse("172.17.0.1")]),
            new("veth12", true, false, true, [IPAddress.Parse("172.18.0.1")]),
            new("eth1", false, false, true, [IPAddress.Parse("10.0.0.9")]),
            new("tap0", true, false, false, [IPAddress.Parse("10.9.0.1")]),
            new("wlan0", true, false, true, [IPAddress.Parse("fe80::1"), IPAddress.Parse("192.168.1.20")]),
        ];

        Assert.Equal(["192.168.1.20"], LanAddress.Choose(interfaces));
    }

    [Fact]
    public void Where_it_listens_follows_the_command_line_then_the_configuration()
    {
        Assert.Equal("http://localhost:5080", ServePlan.Of(Configuration(), lan: false, null, null, null).Urls);
        Assert.Equal("http://0.0.0.0:5080", ServePlan.Of(Configuration(), lan: true, null, null, null).Urls);
        Assert.Equal("http://*:80", ServePlan.Of(Configuration(("ASPNETCORE_URLS", "http://*:80")), lan: false, null, null, null).Urls);
        Assert.Equal("http://a:1", ServePlan.Of(Configuration(("ASPNETCORE_URLS", "http://*:80")), lan: true, "http://a:1", null, null).Urls);
        Assert.Equal(new Uri("https://quiz.example.org"), ServePlan.Of(Configuration(("PublicUrl", "https://quiz.example.org")), lan: false, null, null, null).PublicUrl);
    }

    [Fact]
    public void What_is_printed_can_be_opened()
    {
        var plan = new ServePlan("http://0.0.0.0:5080", true, "192.168.1.20", null, "questions");

        Assert.Equal(["http://localhost:5080", "http://192.168.1.20:5080"], ServePlan.Shown(["http://0.0.0.0:5080"], plan));
        Assert.Equal(["http://127.0.0.1:7"], ServePlan.Shown(["http://127.0.0.1:7"], plan));
        Assert.Equal(["https://quiz.example.org"], ServePlan.Shown(["http://[::]:5080"], plan with { PublicUrl = new Uri("https://quiz.example.org/") }));
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://[::]:5080", "http://[::1]:5080/")]
    [InlineData("http://*:5080", "http://localhost:5080/")]
    [InlineData("http://+:80", "http://localhost/")]
    [InlineData("http://127.0.0.1:9", "http://127.0.0.1:9/")]
    public void It_reaches_itself(string listening, string local) => Assert.Equal(local, Warmup.Local(listening).ToString());

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build();
}
