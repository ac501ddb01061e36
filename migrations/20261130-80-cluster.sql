-- App hosts that play as one find each other here. Orleans asks for its statements by name, and reads columns and passes parameters of
-- exactly these names; the statements and tables are ours.

create table cluster (
  name       text primary key,
  -- every change of membership names the version that it was decided on: of two at once, one tries again
  version    int not null default 0,
  changed_at timestamptz not null default now()
);

create table cluster_member (
  cluster       text not null references cluster on delete cascade,
  address       text not null,
  port          int not null,
  generation    int not null,
  name          text not null,
  host          text not null,
  status        int not null,
  gateway_port  int not null,
  suspected     text,
  started_at    timestamptz not null,
  alive_at      timestamptz not null,
  primary key (cluster, address, port, generation)
);

create table orleansquery (
  querykey  text primary key,
  querytext text not null
);

insert into orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $sql$
with made as (insert into cluster (name) values (@DeploymentId) on conflict do nothing returning 1)
select count(*)::int from made
$sql$),
('MembershipReadAllKey', $sql$
select c.name as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.name as SiloName, m.host as HostName,
  m.status as Status, m.gateway_port as ProxyPort, m.suspected as SuspectTimes, m.started_at as StartTime, m.alive_at as IAmAliveTime, c.version as Version
from cluster c left join cluster_member m on m.cluster = c.name
where c.name = @DeploymentId
$sql$),
('MembershipReadRowKey', $sql$
select c.name as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.name as SiloName, m.host as HostName,
  m.status as Status, m.gateway_port as ProxyPort, m.suspected as SuspectTimes, m.started_at as StartTime, m.alive_at as IAmAliveTime, c.version as Version
from cluster c left join cluster_member m on m.cluster = c.name and (m.address, m.port, m.generation) = (@Address, @Port, @Generation)
where c.name = @DeploymentId
$sql$),
('InsertMembershipKey', $sql$
with counted as (
  update cluster set version = version + 1, changed_at = now()
  where name = @DeploymentId and version = @Version and not exists (
    select from cluster_member where cluster = @DeploymentId and (address, port, generation) = (@Address, @Port, @Generation))
  returning name),
made as (
  insert into cluster_member (cluster, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
  select name, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from counted
  returning 1)
select count(*)::int from made
$sql$),
('UpdateMembershipKey', $sql$
with counted as (
  update cluster set version = version + 1, changed_at = now()
  where name = @DeploymentId and version = @Version and exists (
    select from cluster_member where cluster = @DeploymentId and (address, port, generation) = (@Address, @Port, @Generation))
  returning name),
changed as (
  update cluster_member m set status = @Status, suspected = @SuspectTimes, alive_at = greatest(m.alive_at, @IAmAliveTime)
  from counted where m.cluster = counted.name and (m.address, m.port, m.generation) = (@Address, @Port, @Generation)
  returning 1)
select count(*)::int from changed
$sql$),
('UpdateIAmAlivetimeKey', $sql$
update cluster_member set alive_at = @IAmAliveTime where cluster = @DeploymentId and (address, port, generation) = (@Address, @Port, @Generation)
$sql$),
('GatewaysQueryKey', $sql$
select address as Address, gateway_port as ProxyPort, generation as Generation from cluster_member
where cluster = @DeploymentId and status = @Status and gateway_port > 0
$sql$),
-- 6 is dead
('CleanupDefunctSiloEntriesKey', $sql$
delete from cluster_member
where cluster = @DeploymentId and status = 6 and greatest(alive_at, started_at) < @IAmAliveTime and coalesce(suspected, '') = ''
$sql$),
('CleanupDefunctSiloEntryKey', $sql$
delete from cluster_member
where cluster = @DeploymentId and status = 6 and (address, port, generation) = (@Address, @Port, @Generation)
  and (alive_at, started_at) = (@IAmAliveTime, @StartTime) and coalesce(suspected, '') = coalesce(@SuspectTimes, '')
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
delete from cluster where name = @DeploymentId
$sql$);
