-- The same ledger as a careful PostgreSQL application would keep it: state in rows, money checked by
-- constraints, one audit row a decision with the account's own number, written in the same transaction.

create table account (
  id text primary key,
  currency text not null,
  balance_minor bigint not null check (balance_minor >= 0),
  at_risk_minor bigint not null check (at_risk_minor >= 0),
  seq bigint not null
) with (fillfactor = 50);

create table selection (
  market_id text not null,
  selection_id text not null,
  status text not null,
  version bigint not null,
  price_num bigint not null,
  price_den bigint not null,
  liability_minor bigint not null,
  liability_cap_minor bigint not null,
  primary key (market_id, selection_id),
  check (liability_minor between 0 and liability_cap_minor)
) with (fillfactor = 10);

create table bet (
  account_id text not null,
  account_seq bigint not null,
  market_id text not null,
  selection_id text not null,
  market_version bigint not null,
  price_num bigint not null,
  price_den bigint not null,
  stake_minor bigint not null,
  returns_minor bigint not null,
  status text not null,
  placed_at timestamptz not null,
  primary key (account_id, account_seq)
);

create table audit (
  account_id text not null,
  account_seq bigint not null,
  request_id text not null,
  at timestamptz not null,
  type text not null,
  record jsonb not null,
  primary key (account_id, account_seq),
  unique (account_id, request_id)
);

-- Places a bet in one round trip. Answers what happened and the balance after it; a request id that was
-- used before answers what happened then.
create function place_bet(
  the_account text, the_request text, the_market text, the_selection text,
  num bigint, den bigint, stake bigint
) returns table (outcome text, balance bigint) language plpgsql as $$
declare
  payer account;
  backed selection;
  returns_minor bigint := stake * num / den;
  earlier text;
begin
  select * into payer from account where id = the_account for update;
  if not found then
    return query select 'account-unknown', 0::bigint;
    return;
  end if;
  select type into earlier from audit where account_id = the_account and request_id = the_request;
  if found then
    return query select earlier, payer.balance_minor;
    return;
  end if;

  outcome := 'bet.placed';
  if payer.balance_minor < stake then
    outcome := 'insufficient-funds';
  else
    -- The hottest lock comes last, to be held for the shortest time.
    update selection s set liability_minor = s.liability_minor + returns_minor - stake
      where s.market_id = the_market and s.selection_id = the_selection and s.status = 'open'
        and s.price_num = num and s.price_den = den
        and s.liability_minor + returns_minor - stake <= s.liability_cap_minor
      returning * into backed;
    if not found then
      outcome := 'refused';
    end if;
  end if;

  balance := payer.balance_minor;
  if outcome = 'bet.placed' then
    balance := balance - stake;
    insert into bet values (the_account, payer.seq + 1, the_market, the_selection, backed.version,
      num, den, stake, returns_minor, 'open', clock_timestamp());
  end if;
  update account a set balance_minor = place_bet.balance,
      at_risk_minor = a.at_risk_minor + payer.balance_minor - place_bet.balance,
      seq = payer.seq + 1
    where a.id = the_account;
  insert into audit values (the_account, payer.seq + 1, the_request, clock_timestamp(), outcome,
    jsonb_build_object('actor', 'player:' || the_account, 'marketId', the_market,
      'selectionId', the_selection, 'marketVersion', backed.version, 'priceNum', num, 'priceDen', den,
      'stakeMinor', stake, 'potentialReturnsMinor', returns_minor, 'balanceMinor', balance));
  return next;
end $$;
