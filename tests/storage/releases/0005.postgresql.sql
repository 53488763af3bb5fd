CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0005');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x06df617197b757caa2892f51c919e6fb'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095990, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x71d454e0d68777343360814985b698b7'::BYTEA, NULL, 1795677097161, 'imported', 'january-surprise purchases: 2 added, 0 removed');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x878e755d60061167e4a88473b917c4cf'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094677, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x9fc0fdf118e5c5d43a9b6f56bd0be712'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095944, 'language', 'kk');
CREATE TABLE conversations (
	key BYTEA NOT NULL, 
	state BYTEA NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	seq BIGINT NOT NULL, 
	waiting_since BIGINT, 
	agent VARCHAR(36), 
	updated_at BIGINT NOT NULL, 
	paced_at BIGINT, 
	told BIGINT, 
	CONSTRAINT conversations_pkey PRIMARY KEY (key)
);
COMMENT ON COLUMN conversations.key IS 'keyed hash of channel and address';
COMMENT ON COLUMN conversations.state IS 'sealed Conversation';
COMMENT ON COLUMN conversations.seq IS 'number of the last event in or out';
COMMENT ON COLUMN conversations.waiting_since IS 'ms; a person was asked for';
COMMENT ON COLUMN conversations.agent IS 'who holds the talk';
COMMENT ON COLUMN conversations.paced_at IS 'ms of the database''s clock; see domain.pace';
COMMENT ON COLUMN conversations.told IS 'number of the last message';
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE (waiting_since IS NOT NULL);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x018a8558a6953869bf3120f678425e98a4733d4790edbb0e36e0ffc5a593023fea03229addbb992036e20f49f55327ae7e404dd56cd34e3cca2635accd1514619cba0ce73ccc115dea298dd6227ea2cca21301c8e8ec27c3ae11e029f76454717ab0f6e4aa257fcd1261ecf12648a61a25e7285d35ec1787548f6591f21a35e6394aa30be4ba51d7f31a28fca7c157fdc0d88256d9cb980d6a1d023f85850200413aa4980b51586d47474f4178eb85c3d64ed736f734b5315fee492cb0d27272c277f5e8563647abc4a6907196ccd61b984dda481cab1b863a12ba88077894ad870002f1a227ba45bfedab7f2088e06bfd8043805011216a2098078f6c1c92e5b9ae3228756646f7b5728e390fa796b018743698c9111166810559c2651e3dda7d465a16664fb44b92e949ea8921416b54a49b31f35dd4b73b8e1251a1b161147d2dcdd60de6aa50f8d6dce930c5a98cc6fa2fa51cd5e9d496ed81ea2c804c65dc379a86898bf6eb5e67a960ed29a50f24af0cfa6e0377a5bc32315faa72f04eafbc396ff5daa246531072a041dd95adca912830761d34663c44004f9aa37d694682c99265b65b9b064705019d82102923077032c2f27739821e5e5ac1ec6eb126ded060ff5de3bd1ff2ee244142757ce05dc5d768caa123f0f00ad80bc0bab07d052528757d535aef1708d0007800204e04e93b78a6683208d74b190fa165753e3d0838850b6de5dcb0a02db5e5e8802fb867fea6a367f928c017531230534a79533c387eac6b16e0fe175ad1b46a9a63a09a'::BYTEA, 'console', 1795677095991, 1795677095990, NULL, 1795677095990, 1795677095991, 1795677095991);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x0190c2d221253ebea6ccaa17d191cb1222f299192556b01e5eda1bb0c22567f3d22cb20fc67b1900eb98fe7dfa671c0879fb47b72a1f629dc47d5dff2a6640b069886e44d634cc55314680a5c5fbdabae2ba6ff38c483c098ef5119d7e27ae26e4f7d3eadcd4a910aa448cbe34a4308a787888bb2c246dfe8265e7e7dd7042f0a89360f73753907350b8fe5b48078c1d5943dae296ca1ef963b7da534dc477dfa4aae507ee501413035c9ede5048a2177941c1ef21fd7ba482a312ee316e395c5a93962a00962e697805cc15114d89a3c8d1f964a501313aaa1da65baa84303019e788fc4409408c2aaa7aeed573254da904b623c684dadf9529e495209caa257067a680042ca07eea907643907331e0f4d5fc1f4b91b0b7624b650c4c2e61dd6edc953838b464e0f37f99b71fc8df27f0616fb1f961964a46f6622e83b62f4e415727ee9ac79d05d3fc414c0c083c0d860fd22198af75f6d55c475f366654faadf9a469c9da082c96f1f57afbfd8320f751f57a7188b7ed36b7d87f65e47fde17c01e1bbe0c43d3da9a1d54c4dc3acc8ed0bdc4fc0cd1eca5bce8ec130ee10144f78cfcfac18578c055caf4ca261893a790329e4cc9a950ce05ada949cda7502f36d4768be34228a7d48e94d90db504b32298c3c7e8a8a9b80a3fc59f265b2c41d2fcfd75bab8c5bd235502759b37547266053354e9f205d54fbc4ffc176581ab6ede71a782a1fdd493b4820774242d366649573d89e362b1000b71317f37af53fb23f3aa9bde5529b98f26e9baa97a316e6ded2827903bfe8cf4a3d0b9eed350534358f54c0c27403a78b97e800eb9d74ce90c8a12f103be63e8e344d61b5033f0ee88d2f24bbec104e09f2adff8ed1851fc97fef5fdfd032a2bdcc269572b760fc90d357f47a2dc631b61fc311fbbc1a1eb896e0f799a5a0be24b435d84467b88eca863cf763facf35c9f605a2ebfeae9c3efd39ad977ccd747674c3f454b6a21f7a7aee3a82894bb65bd1e635555aff76993c5f2e118e1c84723a442330eb10f0af07ff0f744f4dc219f5d45b72284c1d2effff7a20b4a377520f69140af3ff8402980a5bab310487c3c01f07843ce8994147f1f7d939d77e13c66987de590f705cb278aa6e2d3836cb978c04dcd7f83bbedfc9f46f1ae02b04a4232ae20b67995cedf9436e2c48cdd8c5d93a96f2f12670341c6c4ebd00ba4da5952c4cb9b7fb21556a91602dcfbf852b1269886c96d9225f821131fa7c4cbe60628dd5c72febc3a1f6c26cd1767d864518ecb3fc98c7341d288d0'::BYTEA, 'console', 1795677094729, NULL, NULL, 1795677094728, 1795677094729, 1795677094729);
CREATE TABLE inbox (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	seq BIGINT NOT NULL, 
	status SMALLINT NOT NULL, 
	attempts SMALLINT NOT NULL, 
	received_at BIGINT NOT NULL, 
	event BYTEA, 
	error VARCHAR(200), 
	alone SMALLINT DEFAULT 1 NOT NULL, 
	CONSTRAINT inbox_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN inbox.id IS 'keyed hash of channel and provider id';
COMMENT ON COLUMN inbox.event IS 'sealed Incoming';
COMMENT ON COLUMN inbox.error IS 'type and place of the exception, never its text';
COMMENT ON COLUMN inbox.alone IS '0: a message of ours names this event';
CREATE INDEX inbox_talk ON inbox (conversation, seq);
CREATE INDEX inbox_unfinished ON inbox (received_at) WHERE (status > 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x3c0731dce0462e98135a8903d1010c05'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094702, 0, 1, 1795677094702, '\x015ff8b188d111c33baac96f0f7c0630445cb5253202ec299815da714cc98ddbe6c30ce89beb77cd1fc77d21345d733dea973fa7b1b7ef89c9020803235972e12efe76ee28e2a0f75a716b8f44bfb06c5cf246ddae6fc5bef2a5753e150543a86867d5d101c38fc2099434f241da5a63c7ebbebfaf50ee7fc6dece614b464d8fac69a4860dddc7bad5f813299ea0f5cd8515f3b281cbb61fcc03e61e27c6149da6b65d11bc357ca23709a9ff8cc332ad0c734b51852b0e1e9479907408c2b02153006e948ba5d280734032ba857bce031a0b95794d93906b618d8575dc6a8e3f6870de18c0be646e0b2d801c6f46bda8de8dda8d2620b7544d30286ce2ae10124c1081cea9290065a9730f8461014f2fe17292b095b0da19e1fb8c9ee5b04815a06f9722581ac325663e32'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x58954668d92c2bb324840f0bc981b7b8'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095990, 0, 1, 1795677095990, '\x01ebc60eb207d6e8b7c9f9b4eba01ea192466a1338138d71312b997757dec66fc28603e592c1ee437703c589ed98c936d0c0573f81ec6634831a425c920c274d6362f4a1627ae239278bfa5b9277c662ebcd96e928cce86799a5c14c2aa7ed1709a3c92481d65b2cfe9c4f9e0837a812f6fb1b4b46e9a382d4cf15a6849c979fdbcaeab354a79311922059dad1e561e99ebe0ddaa8dfab90e1c133bf8ae3fee9ec144219427a39c7fb8f389f0c209599ba212de269e4d1f2e909a24c32d1c640eee1bd4d8f073c5bc2ac527b9c972e2039deb7df496c151a355fe9a603674e923d74cbf441fb0a64bb46393323c87b7bac1ad351c27a97e1c46201bac52a8292f67072bc64548dcbb6fe24652f3502f5864e7617e9dd4c692d'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x5f2ad3026175ca1cde39fd0260acbadd'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094728, 0, 1, 1795677094728, '\x01c3055d177b4c17440896dc49629245646414ddcb7cf7293146667411e1c4a7988bfa9910b4eb4c28b0b9b9f6fa515279575f1f931bda2858984f4afbae425ee34563beabf47f7d672196da6605ea8a36e743cea4b2cdbd61e7a2d284696ac9acd52ed6e6792735cce438e72195a08ae6cb075abd65ff2f475efa9ffb3b854c5652b3684965e49d1f3df1b8c202f3b8174421af9896531c1defbb93475085cf542d085cb68c2424c1fd6edfbcd229a54839c0b13b1b98781c2d7ddd9b572100d47a958b497c369852efa577070907394df3a2d547602a3586874cb3ce28aaca47967c4e19f54ed8cc13f8b65e174ab19b5569bdaa7c0e70c4b103cc675da5b0904affd071498c7c0ecb39372ac6'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xd5f057b6efb6da703305af3a0e981ebe'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094677, 2, 3, 1795677094677, '\x018bb71d96bf75de3306a4922d84a89f55a0a4a8ed8647af0db7aea8f9bf1c7e6f28dc7cce4fc4debc7754838e7a0fe068c4bfa683217392fee4001f7badb06daeb0d7aeb2376ee3997af98e092f663203ef456dd3a6f9e92aae40adf7bdf1ca9d0b3770c9af3a4ec1dda33b8aaf0d8966acf512d51261486a9ab90bac8984e04546a1be8078fe868ef216b2e02e4a36f02bd0757c1957f9b575b8a427f2404fb49f45fe2540f7b088ae1fa2da63708a021605138e2c201bfaa9c4e95b59a0130a0b6c418acc66c0d8a0f8c4d8c40503d37603804e7f309c68e71f5470eab513238ac4dc0b9608cdedc33f82cc59ed445e4e514e15497b077ecee3da4cbfc49d703d35039f8af423cd'::BYTEA, 'ValueError at dialogs/rules.py:1', 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xe30b8a2c048719ea6930f6b4061adc75'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095965, 0, 1, 1795677095965, '\x010684e95b67325c6bfd666c95f83dacc1fabdf241a18bb1519afe79a080c7c074e9feb92ce54e3aff57d31cad3721a0de0393f8abd78ae61f7ea7c6d000df87b2ff2fbe7da6deb946c47778d0534ff620323be84e873b249580a75bd87729011a08ad1b6dd23a748300bcff49edf42bac44b1d19afcddd32dcc0fcdb8c9c5e7667709fae2eba05a11c3a116958d3062b329fa075874536dcc51162dbeb943a3713fbbde7ae3789f1e40e3a2c1977e827c115ed2255bc16b1e81a7df1f064bce522b1aad4c27b2325ed428a618770d4dac31edaa5ae31a213eea3e709f495c81de2dae20366f05d4ab69dde01f754076cb3207347f12efe58c6e9c3aa2471fb542f11606f047540b11227b303bb17d7ffb7b53351cb5c10b8585716d5584becea19dec45dde23c411d4a'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xf8a48924d1edc767dcef96af9cca275d'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095944, 0, 1, 1795677095944, '\x018506fee7868d81ffce6ad201bf041bc6fcf7b20439e12a7a90e63e503c40ba71862e07b364b428aa91c3f49936d45ae4eb1686b8db420484e165fdc39febe9d23ef017ccc0b9b8d5f9df2242ccc4b31fce9b40741565fdd8f2c8ea23461f9b4acce8e3cd8ca0426e98b0bb5c3e6fffccc6f74b337cf830c82df9f1600205dd2c90f5648b59e0c112be4aee74a6aa27b770d22cafa2acdfbe505ff2b4ade93c060fdea3b729414467e8bb3805cbca4689de1044788c0eb0de08be20b5fe3ed1e10c376d99360ec5781ccdd40739c3292cfbd4fb5ba2e9e38cdc11c62329726988f7510209a4e1b463f434819560acf72a93d065d6f006d93164d75c7051e011955993c4d3f1d9'::BYTEA, NULL, 0);
CREATE TABLE list_imports (
	id BYTEA NOT NULL, 
	promotion VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	content BYTEA, 
	rows INTEGER NOT NULL, 
	imported_at BIGINT NOT NULL, 
	CONSTRAINT list_imports_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN list_imports.kind IS 'participants, purchases or results';
COMMENT ON COLUMN list_imports.content IS 'keyed hash of the SHA-256 of all rows; null once a part was replaced';
CREATE UNIQUE INDEX list_imports_content ON list_imports (promotion, kind, content);
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at") VALUES ('\x71d454e0d68777343360814985b698b7'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1795677097161);
CREATE TABLE listed_people (
	list BYTEA NOT NULL, 
	row INTEGER NOT NULL, 
	promotion VARCHAR(64) NOT NULL, 
	part VARCHAR(32) NOT NULL, 
	identity BYTEA NOT NULL, 
	person BYTEA NOT NULL, 
	phone BYTEA, 
	account BYTEA, 
	imported_at BIGINT NOT NULL, 
	payload BYTEA NOT NULL, 
	CONSTRAINT listed_people_pkey PRIMARY KEY (list, row)
);
COMMENT ON COLUMN listed_people.list IS 'the import it came with';
COMMENT ON COLUMN listed_people.row IS 'number of the row in the file';
COMMENT ON COLUMN listed_people.part IS 'the draw whose list it is, or empty';
COMMENT ON COLUMN listed_people.identity IS 'keyed hash: equal for rows that say the same';
COMMENT ON COLUMN listed_people.person IS 'keyed hash of IIN or BIN, else account, else phone';
COMMENT ON COLUMN listed_people.phone IS 'keyed hash';
COMMENT ON COLUMN listed_people.account IS 'keyed hash';
COMMENT ON COLUMN listed_people.payload IS 'sealed: what the row says';
CREATE UNIQUE INDEX listed_people_identity ON listed_people (promotion, identity);
CREATE INDEX listed_people_part ON listed_people (promotion, part, person);
CREATE INDEX listed_people_person ON listed_people (promotion, person);
CREATE INDEX listed_people_phone ON listed_people (promotion, phone);
CREATE TABLE listed_purchases (
	list BYTEA NOT NULL, 
	row INTEGER NOT NULL, 
	promotion VARCHAR(64) NOT NULL, 
	identity BYTEA NOT NULL, 
	content BYTEA NOT NULL, 
	phone BYTEA, 
	account BYTEA, 
	imported_at BIGINT NOT NULL, 
	payload BYTEA NOT NULL, 
	CONSTRAINT listed_purchases_pkey PRIMARY KEY (list, row)
);
COMMENT ON COLUMN listed_purchases.list IS 'the import it came with';
COMMENT ON COLUMN listed_purchases.row IS 'number of the row in the file';
COMMENT ON COLUMN listed_purchases.identity IS 'keyed hash of the transaction, else of row and repeat';
COMMENT ON COLUMN listed_purchases.content IS 'keyed hash of all that the row says';
COMMENT ON COLUMN listed_purchases.phone IS 'keyed hash';
COMMENT ON COLUMN listed_purchases.account IS 'keyed hash';
COMMENT ON COLUMN listed_purchases.payload IS 'sealed: what the row says';
CREATE INDEX listed_purchases_account ON listed_purchases (promotion, account);
CREATE UNIQUE INDEX listed_purchases_identity ON listed_purchases (promotion, identity);
CREATE INDEX listed_purchases_phone ON listed_purchases (promotion, phone);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x71d454e0d68777343360814985b698b7'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1795677097161, '\x0114e2cdb567fa8890a75fd82e8118fcd1e818dc83d12fc822ae404aaa3837b1f40705d232b34badc9bdfa5162f5c0d03540d9daf280bb9bd2ab6119ba4100e5ce257e23bfb944229afc257f7f45fc748f26653beebed0fba920859fa72ad9d7bbd08c98196f77595271e00da0916ffe3b9262a2d7991031f6f7b4d1499961ec811ffccd2ef66997091fff8f7a5e7a825bfefe3bc6b0515190c2537e'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x71d454e0d68777343360814985b698b7'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1795677097161, '\x0175c887afb8b7277605434dc96c710070ede431f854ff95248f0c3a2f1b579c32787ead05d99495678118007a2e963386a01952c91da9bd856d1b6821a8c60ee80dec90ee06b5e1c6347058bc5b5179a3a9f538a46e1b2d3f46806358426efd3a24afc15581fb80a2b869d0baac8a1d814a085700563c0054ffa728992a6e0899829f75277da18c49bc522db16e8fc148623d90f939352d9fd6c447'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x01992934da36b83762f2028c2d13cbdbe26fafbcb41ea21fc22f077f1df85594c23fb5515641b64fac01757556b8'::BYTEA);
CREATE TABLE outbox (
	conversation BYTEA NOT NULL, 
	seq BIGINT NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	status SMALLINT NOT NULL, 
	attempts SMALLINT NOT NULL, 
	owner BIGINT NOT NULL, 
	created_at BIGINT NOT NULL, 
	payload BYTEA NOT NULL, 
	provider_id VARCHAR(64), 
	delivery SMALLINT, 
	error VARCHAR(200), 
	wipe SMALLINT NOT NULL, 
	due_at BIGINT, 
	event BYTEA, 
	previous BIGINT, 
	CONSTRAINT outbox_pkey PRIMARY KEY (conversation, seq)
);
COMMENT ON COLUMN outbox.owner IS 'the process that sends it';
COMMENT ON COLUMN outbox.payload IS 'sealed: what goes to the provider, serialised once';
COMMENT ON COLUMN outbox.delivery IS 'rank of the provider''s last status: it only moves forward';
COMMENT ON COLUMN outbox.wipe IS '1: delete the row once it is sent';
COMMENT ON COLUMN outbox.due_at IS 'ms of the database''s clock; not sent earlier';
COMMENT ON COLUMN outbox.event IS 'what it answers; in the first of an answer''s messages';
COMMENT ON COLUMN outbox.previous IS 'number of the talk''s message before this one';
CREATE INDEX outbox_provider ON outbox (provider_id) WHERE ((provider_id IS NOT NULL) AND ((channel)::text = 'whatsapp'::text));
CREATE INDEX outbox_unsent ON outbox (conversation, seq) WHERE (status < 2);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095945, 'console', 2, 1, 1426885416229720348, 1795677095944, '\x01b3cbd8c23505698fdbcec0a45a756fd5b4d4b7579628e627b549d108968af5432d9e5abb8baa9667fc6ee15547cc9a0e53579648f02bd1086a60c436831ac9b752ccd22935793ed8ccbe8298c3b6537ccbec846b7b62001a1a95159adcc11841be923998faa6589391dcbd25ff3c60a873a76cd576efb060847b8b99e943a0ae8fbb54ff8a622a5c16c7a9455b17e1467765a4492b56a3a36bc87bd6ed64dab7daff57a2ed3c418df627c84b5bad8966863f1071c0b8f82b187bf34cb38385b79336c90cd91e8575391db6f19c1b89f1c13e7c693ab05102099831a5fb97a768fa18cc5ddbf4f63c79d0dd93f468e87d7ff9e8d9134cb8913e91813e7d314dcd6edaaaa448f02fe6c9e1d047a70d7f5a3f5d0c4fe79bb23199f31b8d063cd324e615625d0bf88e1f0e13335533384f8160c0db97de809bafb5e8e51b5e2fff9dc9628ba2e25784ee67ab01d70e063f01b954c66d8394b423ba62df464405d8ed0b9f679646e059cd9239af5be1c62300e3969c496c124a01b1391542fba71a36d830b8c8ab5e8c5e8562a323d733ff0b1d40a64734f32cc88d7b1218428cb3eb07011f93323eb9e541d780e9f877e241b40b40b817cc6b61f99a981a54c47d42e09b9efd90c5ccde122d1df8e9f56ed23feba65344f7dcbb217c2db4dacce1b8c2d3685fb44f39fcfa3f4f3997ee4caa5e2452442832db4a018d7bde308cac413106df7dc3551f29d4cf53021e946459dac3b28bae7413766a60cc8cb685eb23d71bf4a1051ff24750f7f471b6bde26a1069af8636c5ab9d5b5fedb5b06ec6f04b90b94d04505e1dd9cb49119e7699a9d1c9a2da500203bbc7f56c6dff4073fe4e93864e3eee985588cc85dd54782d6654f1a9748a7f231c77b7631c52aaf20e042f2a72e86ea90b781f61368f41ac25af73d07fd00937714ff375549f9f4cf65773d882eea89fe07e45fc5d3b701159ac959b8018d62d93a5083f689824d3feeb95e1ee3ed299a64df5eeb7e48ef81b5ce6bb0d6a2a25c7370a1c0ae5525e4be8ec13c232aaca2ae6453ed524abc15495fb4b1765b48debd583f04dd831f85822d7a407540974a8b2b9ef1db07996f57a86700c6ca38f3392cb673ff3b39220be2095e575ae7fc98c05a03bcfed47ffc50ca5f56df72ed91c8a151afbea453d197256ed2b4cf53d2191283facdd034af4464018f1d704a66e7d1e65a289a472696054a0502024432839429f4efc204449c17221e548d2'::BYTEA, NULL, NULL, NULL, 0, 1795677095945, '\xf8a48924d1edc767dcef96af9cca275d'::BYTEA, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095966, 'console', 2, 1, 1426885416229720348, 1795677095965, '\x01c739838d2a1c9edc8c57a476d33e4b538ae2f006b14c98a8f7152ee823db33e9e85e753cc62d9b28b04be898d46170192ad57a0e3471b760aaaf3b4e9ed1fb5695756506725fba2bbf8c4e533151a6c7b32c43dd0c57680011251400ef5423fa091ecb2843181c50ef12c86902a363d4f4edd27e2a0e1b21ca7cda8b854ade7139b22cecf99b21a063942bec3abf80320ec6d3331661688e53e13a95e7984de5c0cfc1d0acbce36f40ea5b7837d16dfb35820c131cd37086f5dddff9b83693209990b2c5b7fd43a0393c4d73485d55579dae8d994c3c8ce30fddc9d283e1a2b8d6161174ac7603b78bc9c1c84c6a712985639bd745e00ee0fb17d93617c0617cfad2a556a3d51dca74767377d72651cfd0beec57fe5aa4b75460'::BYTEA, NULL, NULL, NULL, 0, 1795677095966, '\xe30b8a2c048719ea6930f6b4061adc75'::BYTEA, 1795677095945);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795677095991, 'console', 0, 1, 1426885416229720348, 1795677095990, '\x0113c4b722dd76b3132b8efd5fa14ca6b5b3b2855ca6cb2d772a2ebe44c2b7752d9c4e9eb539da1166795a8a377dba6d40df5c877efa3f6370ccd7a5b514f70df2978d02136bc9d55e12d2d88f65535da429a307d56f836f80cdbe68d20b1e46cbb8874afdd96b218366f3ac3920032ba8d1a8de362e4b050a644955a3ec330e7fb20b881b469fa7f50dfc786bbde16c972bb573c1f97ff6d3412591276dd3d7dbb6170d2030f28d5b753639e7c2b61db25aded78bfcf30c48e8de39d81cb78bf5f05f7dac022c53272779ca7109c01aab1a844ff7c8f87c861658b94f506e6d2d28be9330558c34d9dc9c53a3d89b490c2a2bcdf25ff1d01b1f9e05c343d2a4a12b6c3f9309f92a6220d7e364ba9448f441fd39ccd4407e893a0cbaf81bb87c4cccca26a38e1dc0f3ed5080422d96370e1913da0ea9dc3f5959f43708f4e7bfb99a11386ca3a25ffa4a463d623ab3478d6c6933216fc0bb3e0d84364d0739b9a312bf9ab98cd6df7292f22ae2ef706c39469dd14527a1acbfa6c60068c4a20ea73dc410c55aa01b114e1f15289b965fda83dc110ce6d4d664cab0974d11f806c024150c60ce25d821'::BYTEA, NULL, NULL, NULL, 0, 1795677095991, '\x58954668d92c2bb324840f0bc981b7b8'::BYTEA, 1795677095966);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094678, 'console', 2, 1, 3263051085687348420, 1795677094677, '\x01372c5d70737e2853ef241e4225ff6c87d9d0caa1f5463653784ccb28b8b13ddff6d9bb98d4ca75fdeef6b4e8e50b15dad9e3e5c8c54a27be0872ebe3550579a8dcaf4645625751491e8d86548c9074183ad112b644347eca164611fb2b481ebcae407ccb7381d0fb17f184581b21df35b90911648cd0943b674e92e0457dfc39312eddea0a56fee528aeb9b17c08dd759a7144ce4de13d93983bfc13dd227be506df1d68679550aab6a87c2ba31b9381c6371438e5eb18ee6ec3548d75be2b600e06e0433940c3fff040fed4d5d937aa337e606d2936b24ea36c906df6e7cb543c4475a4a5c062904a0967bda8d8452f34f3e3ecd88cc851d99d726da73bc0ddbb1891a698f040291444a51f6dd3001139d9c51a1eb4ebd4f287febb2c387bc2cf35dc9394d7c8876238a9de2703e3e6ebfbc61ee701ec14fe8f0195f69d37d5e86d90dbe11e373987ee724bb40cf64ce219bba2261236f2bf3c385338681ccd0debfb91cc9c791eb1584e24a03390317f7b826ee41bf93f1101278236f0610c9569ac0e7c4e432b08c123a2a6d74d45f366c0059bf6a711b1376754547f2abdbcc6982073e1043580652e0d92b34771390890830830f7f57c3cafb01ec6007524847170feb4d4c2ce3ce754bf8df9835da1c1117c01fde1b1577e6d81633e611c2556f338092ef0f472f93e91c45911f65ac3d48ae3840d458b4d3dc43e6101e3d6195de2f11ab5492cb831ae11e09760c5dfc73f5b192b579a7cc8121e47cad56ea1618cab9039697b6080dd8d143161859b094b1e9370d0a7e9721ac93bf1e033c3bc47d57b1010eb04bd6da3e3b767f126c9d4e2af00307bfc810fd09b90726491cb3dd6e581c0818216229a1903557b9090ef65707f51caa25bb5f72f8f65e4994e9707319e8cfe828541f512bdec55afd0f3d6444d36ad069e00416d9e4e2538f29089176fff0375134573d424fc04f01a76c59262e8c9a3895d4a2cf06f1fa0bd3c1604233647a96063451494bba9f947bf8df317098ecefcfdeb1b6bc50298c355300f47727b969555f4a9383c9f2220b266ccdf3bb346c748e6d30c49370aa429834f3c049c4580defa37f40851d2527496e6f78ab71994686297d7d0aa32c8c30c07db0da4329ea98573b38eb936ec1fed01a905c72a82a3c169d62d7429d9678c49288987aed84711888606e1a561614129e89a30a5e1'::BYTEA, NULL, NULL, NULL, 0, 1795677094680, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094703, 'console', 2, 1, 3263051085687348420, 1795677094702, '\x01b850faf37238cfb3cb5c81aedd50182864080aa52626d0a61019e1dcc0cfcbd941eaf19009eaa360c876b2247cdc93ec45cc697c6cd01ae6752e30e97b2de855d69ded4933de1884c1b081f7177d8e54471f5089581cf9cdb87ca39f8f228777e875fd57fd3d953c21bbe840fcc702088a8526f9ad6be363fbf8c6e1a3fba53877cf8f0ed28630f890c6ee33f31fdb5cc649537cf35266c801018476e56976f17a0a209496c0abf7a1bdba43093954e36955430e5b760d61c78db6cf0fe8379c1e546b5d3f3419d563e45b5effea094d052c112fb951f53d8ca3562317ea0ff38a447284a9247c47c26f2f27f8f01458bb785b04ca493a27d283d85fc91d1797a5d86041484225c7e099d69c8165fbc2097e1aa0f53b12d73d4970d7ba90fb9dfb5544f5467be7abc00808b9e2ad43ce22f01d1da58327c125d6b0d8e78b3d111fe518fad3850959a39a823f46b9a4550db4fa9e7fea9dcfbd8feacf7afa8aa290b31a0c3a70b96422dcb6f3ce4f1c51d32090032381e684d016216e688c7bbd6c7b9840fb7264b47652b66b9244a000a3b88cfbe794b5dafcbf14335110afea6af6b5d4db27f818985419bfa83f80cc7327e9072a863e31ebcc518d780401b0bcd9f6a301639202994086b9e2fa4b642dbe6674119def1b26ee0f49eba44d90b8427ea23c6675d5f43e369b016e113d8a64ede9bab07f615d933c96745bf86c89bd78ef97899c17312ea98be133d076826baaca3baa4b0d83282cdde2e485a3f967361df595ce27ac78b55c0b4c79768022c699a3bbcf8b7289c477fab0947bcdb6498dfb142af785f22529039316f74223951f13597a942716f764365669d616469d13d0731df086b6553f6055ae4e446a17fdd7c0aa0cf33e661aeb999345611c378352c0716b03bd195eae5c8c961ac83b817f94bf7cc96851e103af43ff40a10b30ce3075084656228dde384877b4e1be220f4ba12ce8bf13a38d62b652558e22f93cca5583ac964bf388a3355471d046972db7b030bef43a9e9130d1a1128c23f7b129e49921cebb0ff6af2fe0390e92e671547ad5b5599350e7fc2b4801725ad2a342f8f56c23883c7286a3a85c1fe51e86a860d169ed7dc9e25ca670c6d9e51aacd6411e2b2884bf935b8be911e9c1291056c899a907eb7331ad80cf258acca2a54d34d8a3b4b9539de197dd0ceaccc629fdbc0869a0f25e9149e23e1a06077f21eadea48f6405bad7fca1524911ecebf55d37d025f99f4e9ca4031b76f50f679be1de3410f13ec2bda7d2bd5c39027437c886eb4f8554faa884919bc3a8a81016eaef6d14f66e4c91e42d89838d76cbebb494dd14227e2fd4962cc61e3cd1e257a5487f09e7a9998b6c3bd5f6f9b86a7a6449dee755b96ba451e34cb1001ad42d891e03e70c6b5c69cd2a5c7af57828d873c6074c1ed8e873f7b7db7c298ad1963de5265918a9b42f2c2ac19e799ba5157cf7b0f8b78262f12a1c2787807b9c3fa5b4233e05f99604ba099703c52c66d289d1f6d2d175651a44524ee30c9709304c1b382e40392f4d50a5110891a1b2647bf99066c31c7c8de8f416ce1f9e5f90537b218db7e5f30278910071790e2fa00823c332bb541c6743908d48b5774d01077d914607aaecebd1bdccb1e6800ab1f5f23b29f3b8cba23703b920a7d04bf54d9c65c83b85363f3f03e81c19085e37f1441cbe359e9cdd930cc0ea947ac8db32b9d1d145e9ebf3ef8d6b4822bfa079362f344eab67633854f23c2d6e8d85f6ffec4e60026f9fea39f90482182f45c7757307537642b43123572d2b1d2d139c698b962bcb7baf5312739a408a1869c19b019fe1cd9350b25c2dae6fa7ed01f2a9ee5ae436ac2c863f74a27bce77cfaa2447241a5c173f515bde7ff543619c8eba559f718ee8721a0d644ec6bed415d545c546ad8b89c29d77c99c6d6a01bc954bf26473a0047418177db12e668718c5ced198834050b7cb1a1d9f094ba288dc4d6d8db8b3918e5446e01d7d708caf0e606cab31ccfbe5dfd2c3529e05c3b383c7640b23de0edd9975e176a08eb1b38266d900da9c62ee8d19afc2f2573d555cdbd9efe8793d12580fb2f18f52043eb1b662867e2efcf54d89470bb6b8d06aa569f200c46735ca8e860e5a47f90de245f4ad8b7c3f0b90244f0bab548188dd2e97df9ed5704080774c33634c5cd6af54181067ecab1342512f857261c3d51852980d2ba3bf1707a89ff0836be0c481eb89d92828c573a8736232bf4f44a843c73588847c8eb80ac6186742f46d46e976aebec1ba2a7ef933b8210c38b4a36ee69c33e5a0d0ab09dc04572c0a60c61dd665b301da1cfced8db2dc63f7e52e1b71ab5943d6cf0fabc08859eea1190c42fb9bbf78b64af9ff466e2ca5c621661bc1325fd9a9a4f8412a6dc21cb55472647fb37b5170a1119ebbc596a28e9c8f68d4eab052e49f3425aaf61eda52301caa9cfae1b3851b95f7751de9ba945f42f6d466d4327c553b6c748b2e67e4d76b3b7433f7a23a532774d0a5c71cd214018eb49d1390031ad952e19abe1d4d383cf23f18245c1f511b039ac3c3c0ddf263295427c286337f0fb92a6c1f212cc3bc6caab0e07417eecee45253e0c47dc607e924cd4a3d99bf9d859a404ab6fa0796b92fe5fa5982affe0013611a01fe559bcca61c4ac5a01c40fb152e5b32fad546926317879f14ccaa9d63437d888745f7604bd85ad5ef97f4c3e5772edd27a6437c20a080cc01dcf259ba7229e7bed7cd9e75c5833786d8c0c347a57837e9088d682243f369706ca58f109de78d6800ecef09ae1446cdb8500b1bdff50b174140ade49a23e08ae3675f2944e05f901e40b97e'::BYTEA, NULL, NULL, NULL, 0, 1795677094703, '\x3c0731dce0462e98135a8903d1010c05'::BYTEA, 1795677094678);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795677094729, 'console', 2, 1, 3263051085687348420, 1795677094728, '\x0108849fbcbb8f6af027f5788e03ab6e64ee2d69e7cdd18daa1d685e90e987b6d12a987e7169dc1bf13cba473b180a23aa677af848487ff190fd512d9fcea32b2242a65fc3a674e1e15f94c75333853a1a768548269f973c60e27edc9faab81158b9aa3dd0ff77e865315ddbf3c0b4dbab34c1bd51cb225f58f877703c6f75f7058ef367b91e4da9f36bf841c2bf32218a0577dccea89e3563eb1a6a65df288f2fa4de0f95d3d487b444c961fe281da300d34747eff10b57228b7b8350c228dfcc073cc2de46b120d4125ae0afe649fde9cefff6b9be1f495e197cf5460fdedea3b4781f582f8ac937d3c4961e512ef3cfb082b6fafcf9f52b69947d967b7d280ed03523ac71d02e830e6a64a419f12c18228a32cc0d15ecf8d573e4a21a0a808e64985f908a750f7a9f7a2472339d48e6a6e5538616722e9813a8ea8b16c0383c6e3956f6b71b7b5ea399cb1748501136ff31cd23f008afd4bd5bf835dd594c5974a43afeadcf2ab10a33a782ac35f6176b73dc83c8c021ea8ae455c8cb515c1469ab94bbaff04164c73b16fb699278cdf47bd5ba6900b1c5cf2a4db430256da5e3b37d02187d269e80d4ffa01691a09a599ba829c432b67d9ca4add3efec4890505243156124ecb1b8a35ab51b85149d0f27eb279cd93134c1e18c3fe3747da74e60d03ef69567c1c9de7df1fb5e088b4d8c627484287570cea4c8c791ad8f4253face90'::BYTEA, NULL, NULL, NULL, 0, 1795677094729, '\x5f2ad3026175ca1cde39fd0260acbadd'::BYTEA, 1795677094703);
CREATE TABLE pauses (
	channel VARCHAR(16) NOT NULL, 
	until_at BIGINT NOT NULL, 
	CONSTRAINT pauses_pkey PRIMARY KEY (channel)
);
COMMENT ON COLUMN pauses.until_at IS 'ms of the database''s clock: the provider asked for it';
CREATE TABLE processes (
	id BIGSERIAL NOT NULL, 
	beat_at BIGINT NOT NULL, 
	among SMALLINT, 
	CONSTRAINT processes_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN processes.among IS 'into how many parts it divides the rates';
CREATE TABLE published_masks (
	list BYTEA NOT NULL, 
	row INTEGER NOT NULL, 
	promotion VARCHAR(64) NOT NULL, 
	part VARCHAR(32) NOT NULL, 
	identity BYTEA NOT NULL, 
	mask VARCHAR(40) NOT NULL, 
	pattern VARCHAR(11) NOT NULL, 
	draw_period VARCHAR(32), 
	published_on VARCHAR(10), 
	imported_at BIGINT NOT NULL, 
	CONSTRAINT published_masks_pkey PRIMARY KEY (list, row)
);
COMMENT ON COLUMN published_masks.list IS 'the import it came with';
COMMENT ON COLUMN published_masks.row IS 'number of the row in the file';
COMMENT ON COLUMN published_masks.part IS 'participants or results';
COMMENT ON COLUMN published_masks.identity IS 'keyed hash of the row and of how often it stood before';
COMMENT ON COLUMN published_masks.mask IS 'as published; a masked number names nobody';
COMMENT ON COLUMN published_masks.pattern IS 'the mask for LIKE: eleven places, _ for one digit';
CREATE UNIQUE INDEX published_masks_identity ON published_masks (promotion, identity);
CREATE INDEX published_masks_part ON published_masks (promotion, part);
CREATE TABLE questions (
	token VARCHAR(24) NOT NULL, 
	asked_at BIGINT NOT NULL, 
	promotion VARCHAR(64), 
	language VARCHAR(2) NOT NULL, 
	text BYTEA NOT NULL, 
	result VARCHAR(16) NOT NULL, 
	clauses VARCHAR(200) NOT NULL, 
	vote SMALLINT, 
	CONSTRAINT questions_pkey PRIMARY KEY (token)
);
COMMENT ON COLUMN questions.token IS 'known to the asker''s buttons only; leads to no person';
COMMENT ON COLUMN questions.text IS 'sealed; numbers, addresses and names of accounts masked';
CREATE INDEX questions_asked ON questions (asked_at);
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote") VALUES ('-NC6YnX0suFHKiqc', 1795677094702, 'seriktes', 'ru', '\x01a5666fa4fc5b25c2706a888a7415ef675801b9e1be065828d9b3b831a469e221f66f538e47042978c53604c9453523347a3d7a5557486a893a2128531b55dadd19'::BYTEA, 'answer', '7
2
5', NULL);
CREATE TABLE uploads (
	id BYTEA NOT NULL, 
	conversation BYTEA NOT NULL, 
	size INTEGER NOT NULL, 
	kept_at BIGINT NOT NULL, 
	content BYTEA NOT NULL, 
	CONSTRAINT uploads_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN uploads.id IS 'keyed hash of the event that brings it';
COMMENT ON COLUMN uploads.size IS 'bytes of the file';
COMMENT ON COLUMN uploads.content IS 'sealed: the file, until it is read';
CREATE INDEX uploads_talk ON uploads (conversation);
CREATE TABLE whatsapp_contents (
	digest BYTEA NOT NULL, 
	sid VARCHAR(40) NOT NULL, 
	CONSTRAINT whatsapp_contents_pkey PRIMARY KEY (digest)
);
COMMENT ON COLUMN whatsapp_contents.digest IS 'SHA-256 of the content''s JSON';
