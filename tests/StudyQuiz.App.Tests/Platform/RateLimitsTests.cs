using System.Net;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

public sealed class RateLimitsTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void An_IPv6_address_counts_as_its_network(string address, string network) => Assert.Equal(network, RateLimits.Network(IPAddress.Parse(address)));
}
