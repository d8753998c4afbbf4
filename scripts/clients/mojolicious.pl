# Mojolicious as a client that echoes: perl mojolicious.pl ws://127.0.0.1:9001 AGENT
use Mojo::Base -strict;
use Mojo::UserAgent;
use Mojo::IOLoop;

my ($server, $agent) = @ARGV;
(my $http = $server) =~ s/^ws/http/;
my $ua = Mojo::UserAgent->new(inactivity_timeout => 40, max_connections => 0);
my @paths = map { $_->{path} } @{$ua->get("$http/cases.json")->result->json->{cases}};

for my $path (@paths) {
  my $loop = Mojo::IOLoop->singleton;
  $ua->websocket("$server$path?agent=$agent" => sub {
    my ($agent_, $tx) = @_;
    return $loop->stop unless $tx->is_websocket;
    $tx->max_websocket_size(64 * 1024 * 1024);
    $tx->on(finish => sub { $loop->stop });
    return $tx->finish if $path =~ /client-closes$/;
    $tx->on(text   => sub { my ($t, $bytes) = @_; $t->send({text   => $bytes}) });
    $tx->on(binary => sub { my ($t, $bytes) = @_; $t->send({binary => $bytes}) });
  });
  $loop->start;
}
