-- People and how they come in.

-- Where the network was when it was set up, as the browser said: links in mails begin with it unless ORIGIN says better.
alter table network add column address text;

-- The tables of better-auth, with its own column names.
create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now(),
  "twoFactorEnabled" boolean default false
);
create table auth_session (
  id text primary key,
  "expiresAt" timestamptz(3) not null,
  token text not null unique,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth_user (id) on delete cascade
);
create index auth_session_by_user on auth_session ("userId");
create table auth_account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth_user (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz(3),
  "refreshTokenExpiresAt" timestamptz(3),
  scope text,
  password text,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now()
);
create index auth_account_by_user on auth_account ("userId");
create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz(3) not null,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now()
);
create index auth_verification_by_identifier on auth_verification (identifier);
create table auth_two_factor (
  id text primary key,
  secret text not null,
  "backupCodes" text not null,
  "userId" text not null references auth_user (id) on delete cascade,
  verified boolean default true,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz(3)
);
create index auth_two_factor_by_user on auth_two_factor ("userId");
create table auth_passkey (
  id text primary key,
  name text,
  "publicKey" text not null,
  "userId" text not null references auth_user (id) on delete cascade,
  "credentialID" text not null,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamptz(3) default now(),
  aaguid text
);
create index auth_passkey_by_user on auth_passkey ("userId");
create index auth_passkey_by_credential on auth_passkey ("credentialID");

-- A person: somebody with an account, or an outside author kept from an import until he claims his words.
create table people (
  id uuid primary key default uuidv7(),
  auth_user_id text unique references auth_user (id) on delete set null,
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9._-]{0,39}$'),
  name text not null check (length(name) between 1 and 120),
  email text check (email = lower(email)),
  role text not null default 'member' check (role in ('owner', 'admin', 'moderator', 'member', 'guest')),
  status text not null default 'active' check (status in ('active', 'deactivated', 'erased', 'outside')),
  language text not null default 'fr' check (language in ('fr', 'en')),
  time_zone text not null default 'Europe/Paris',
  headline text not null default '',
  bio text not null default '',
  bio_html text not null default '',
  asks_about text[] not null default '{}',
  helps_with text[] not null default '{}',
  website text,
  read_before timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now()
);
create unique index people_by_email on people (email) where email is not null and status in ('active', 'deactivated');
create index people_by_name on people (lower(name), id);
create index people_keeping_order on people (id) where role in ('moderator', 'admin', 'owner');
create index people_by_age on people (created_at desc, id desc);

-- A link that lets somebody in: for one address, or reusable within its domains and its term.
create table invitations (
  id uuid primary key default uuidv7(),
  token_hash text not null unique,
  -- The reusable link behind which an address was proved by this personal one; they end together.
  mailed_through uuid references invitations (id) on delete cascade,
  created_by uuid references people (id) on delete set null,
  email text check (email = lower(email)),
  role text not null default 'member' check (role in ('owner', 'admin', 'moderator', 'member', 'guest')),
  allowed_domains text[] not null default '{}',
  reusable boolean not null default false,
  uses integer not null default 0,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create index invitations_mailed on invitations (mailed_through) where mailed_through is not null;

-- Tokens for machines. Only the hash is kept.
create table api_tokens (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people (id) on delete cascade,
  name text not null,
  token_hash text not null unique,
  scopes text[] not null default '{read,write}',
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_on date,
  created_at timestamptz(3) not null default now()
);
create index api_tokens_by_person on api_tokens (person_id);

-- The key in the address of a private feed: reads lists, nothing else.
create table feed_keys (
  person_id uuid primary key references people (id) on delete cascade,
  key text not null unique,
  created_at timestamptz(3) not null default now()
);
