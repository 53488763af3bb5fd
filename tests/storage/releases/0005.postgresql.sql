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
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x8655acd16f5c2eaeefcd8190cb40fc9d'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860050, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xb2eed90299a3cbe0527db886a24fbfa7'::BYTEA, NULL, 1795671861876, 'imported', 'january-surprise purchases: 2 added, 0 removed');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xe647ec43e531314e8027c017a89b680a'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861112, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xe6a4710dcbd518eb66dd0de746f8e788'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861063, 'language', 'kk');
CREATE TABLE conversations (
	key BYTEA NOT NULL, 
	state BYTEA NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	seq BIGINT NOT NULL, 
	waiting_since BIGINT, 
	agent VARCHAR(36), 
	updated_at BIGINT NOT NULL, 
	paced_at BIGINT, 
	CONSTRAINT conversations_pkey PRIMARY KEY (key)
);
COMMENT ON COLUMN conversations.key IS 'keyed hash of channel and address';
COMMENT ON COLUMN conversations.state IS 'sealed Conversation';
COMMENT ON COLUMN conversations.seq IS 'number of the last event in or out';
COMMENT ON COLUMN conversations.waiting_since IS 'ms; a person was asked for';
COMMENT ON COLUMN conversations.agent IS 'who holds the talk';
COMMENT ON COLUMN conversations.paced_at IS 'ms of the database''s clock; see domain.pace';
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE (waiting_since IS NOT NULL);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x015faae31c992903838f04b60e22be5f3070c0a770fa495b6a23f81fa3a14b3ee02fe9bb74fb7bd17eee56f815bffb4875b333d9e05a20ebc298657bad0d73564536f40f74ca6048ef32f9923a8b9b17fb07389da46b08cd33f7b6d3316943ae2574686b3d147eccf07538458b97e50985e6cd1baec252422a1d3e4ab8bea3c0213213be686121681058bad342236afd0b3c96924e3995b1ad52f165948e9e01a4c54e2e95c3f724bdbba4ad1b7ae122a5e02ae454d518a104df3b667774f5e57afbd28366c4424d2bbbf65694d2c8d71518582559bf74a7cfc81e6a1d255e5f092a115fc6eabd731ff459a85bd00dd70872c5ccd803c37f72e02503851ddb716d4561dffac957a4545d43741924fa0c8b209b34e96b6383d2111a5f5f1b616f56898dccbf87ac9f91957a9c22823097d9f7f0e42cacc3b86ca92b167217914c80185737a8f96931a6d2b6f1c9aefedfae2ac004987390ee12dacee5188014f5a79f913c5cf2eba67f307405801c0ffc291179242d9d818d12972c8556b6bf0b60270570853ea8960481c671c0557ba73ddcd9604d1605b88c3c7b725a441417700aac4db0105d9faebd63dc2ab9690c75270ba76e3d81368d20b4c18bbff1832a39de149a2b3b5d7ccbea839ee01f5f37d067b6046596b34849c6630b31bbb2a74061a7c2999b495d68c7b444857845350815e388afeaab7482586467b284bca4d9ce991bd8645cf4647caa8280092117d2f8c0087e957944f4d1bc2ca0cb0dbed5262cf2035d34ea2d2239f4be338d9af103'::BYTEA, 'console', 1795671861068, 1795671861112, NULL, 1795671861112, 1795671861114);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x0165822da5d3a1fe0b67f2ed7df2fe3d658e9e0ce025e47b05005f41f5c08095c620cfe6a342742fe9db6649a836530e77e92214c5cdb830c39dcddc9037d0f9b9b344117c4e4bc36b1e7d46276da34aea9449de9847f9b11b2c82258d806b60be1befba6a81b3bea77fe7885c76761b9f8dab5ba201ba449b1f7cc25bc40aade81d38921b7faf385c8974364511dbe7c00c561b9d53666b4eefdaf6b29e5e920f13571a342ceabd279ab90d7e06a5be4dbe3649d906d408853bfae6a5c97d71992f091b68f3be1c6d990bd5a9750303f2aab51afec8a2362557c3f6d52299549c34e718108660f3726b11b8687b261af9bdb830844be2b98101439d0c8b4d03190498a2278a126cdfa3a08978872898faed466a1d79c0ca4c06a09c22686bf00db7ed4935fee61f463a4065686fb482b91ba2990f5a904031f765f112e3825372cec70e77121c125073cb70e3e6a19541d0c1d65d2de9f5cbde1785d63a3b308e0ed025e7b027d5152998830fcc5370bdeaa9bcbe1d7451ca417a0c79259c258b424a98bd95cce1f425e2467e7e9ee4446987f6724d3c2d53a592f01d2ffb9cecef3f1e6eb6790853e8f0219b82e8a68ac6b7e546b13c2d0f7520db13997a99061593b38598b1f839a791d18704d7ce7081e7b1e7f044886851bdf808369a96c2bff945bb5389de7d09ad88a2f506a4fc0f3b09e8e7adbfd603a7a5b6d98ac5460afe1436154de32c92fb306b7f56031a208bf953d7c392ea8ec03b8b54b7c5446e80705c8ff0413dd2b6d5f86e16c589b8072a1fe41dfcf0ec40075b0a335115f114496a6b4368830da9520e16aa3e01692686f2c8e1d26762e75730d0736f21f492f50ef683339a0ee5f17c8690d5eaf8b9992bd92c8e6b86750897ad05b14c0dc357a03c7236ffe8ed3dbcb8923b7035651f75cc24e62e6046deb147bb864c1ebc5bc05f943a77d660bd94454b2fd245da77a38ce9c25d1758fb8994b1b50dc24e41cec048c114f172c256a8ab5f0dc90d50e42a0ae08be6b0788a6980a3455b471b9c6f78e5a108c765c867cd358d7c15040f158117fbf69148d7f53ec874c1cf427e779af2b736d54706458f5767f3d2b27eafeb63ac5e06f2cbbaf04f4c76aa3f2aadcdb76dcbd846ed0b1ccaaa0d62c8d6c4c05471453aef6adaff16ae6c9cfa6da3b69db36c0ee599b8f4b114e711480ac61697b6c15799f9241acdb6684f3654f8dd8f7504ba97f37153f1dfe43cb3d3e488e6e9140d1ac328480ccd2176cfbe1e168ee67bd0c3985fdfc4e6289f930a39ad'::BYTEA, 'console', 1795671860055, NULL, NULL, 1795671860089, 1795671860090);
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
CREATE INDEX inbox_alone ON inbox (conversation, seq) WHERE (alone = 1);
CREATE INDEX inbox_unfinished ON inbox (received_at) WHERE (status > 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x0f6d193b67b415275bcbff28b4cc7689'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861067, 0, 1, 1795671861112, '\x01ed184a1adf4c39d1224191081178fd8d151b0e60f1ba0ee3f4dee13b5f1b50f758f904ffdc58f4d8e879cd79c9dc166d434a8858f64c0ca62e5cacea6da994749d8251163848c74160b36acaf4c220c7872630436d46f9d3f8673e8518d5e283f512defaec8dcea5a83b8e83fdf18ab33e3eef124b843d1e008b8f94a2720f403d081780c3b26a4d6507b9529e244909df92b17dc775f75cde2aa8b2221a69cf651bc5e452b76c9b09cbb9670735a8f52949875a871f1fcf5474ba325466a6d5758ff91a96f9ea109f27a4b5e3330e545ae3a97ea91fd53bdfde545d6d99c2682e7511bf83e902c917c83fea8b0b042a670dbfe7f115d51ce9fcf73fcd6d7497ad0c5df2cd3b33e128f9232ef80edd3b9edea471e16425c6'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x110d696954a7f12098be9b78b481528f'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861063, 0, 1, 1795671861063, '\x0147b29f0427094cc834d947ff3f9baf41819d1ff6b33318fdfabe6984d896f2a73fa89901f4d34f6d8b6cc6ddecd836ddfdcfb70e63d594221c6ca389d89f12ac069ee52d2c511e95a7abe11799e29170fdcb48c94124b3d7afa301a0e1ed39130ab631cd85e18de15c7200cdafbdc51b2fc9f41676d4f0237984f6dcd1774856abd2e3a66cf52bf49c8ac6b7ef58fa0da43232a4bf53d5921c39434c0355c9c388e6ee8bb51e98e962094b1e7e98a19ed46c23778fe9d10767e3ebb67bdd0f39fe8fd8b75a0b5460a36e490349cda3c2fc39d485fcc7204f091689707481d726272bc3ac76c13e1883e819e3aca9e22e8a50f8c45c9212a9099b34761a0446422cb0797106da'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x4eebffc87d5b50ab8dfe94722a8ecbc8'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860050, 2, 3, 1795671860050, '\x013ad5b5c0e8734eef594dad3c3ba0621e3cb4f16c969a7a6aa9e2626a67049c9dd71f026245a2b465f12e88ce383816f9f036ef6400a41aad3b4e878138e693352587ab63c0170633b4e033678a09b9a78c01c5146f3d8a8516bf05ea6d03674732ac37e7e8855375f89420f21fc7ff00fd10f82c89c97bce93defea706b68b7929c75b3816c20734c0207f0fe1c14dbf73b44e968273ffee9736d706c6c03fe5d78dee448bda3dcdf0b336a5392989322a4fd2cdb118b04b474d4184de48a129e2e0e68674efa61638e941336c5d54da282d21a4051c9f0fafa8b0c9579668ace23773fbc06608ffee5379448693b49afaff05362ae1187e907c8fb363a55497484244561aad83d2'::BYTEA, 'ValueError at dialogs/rules.py:1', 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x54c541d662d9ecc0171b1edabc3db2b4'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860054, 0, 1, 1795671860089, '\x01f5325462c7c5bc4122615b8eb70916df0fff4054e967ce0556e6b22a22441075fd9228b8e75f94618dd01c7084ef71e5112d16701e5193b7163d20645ba439465ff2ac3620f02a2c3391d387cdba3533366287feabc161a614803517a79275a58395a8c7175bb23dd6204e196061bdf1915df4fa6cb8176331bca4dcc21de8bdcb7dc6935b09d946150c46c0590daa3d8dc3c0b0b67fb447e19f2c12b28285364bee2ab6296f6776586b82f743285ed1faf9a691b4509d37a98a29e60f39308c8d027bfb7db321e4e1693cbf6bc29c0d86086d2e4e4c91c9f5217c9d22fb8b751e2610454d8ad0ae114a03644756154fd0f1955a80045e0e3756f08e42bc1172c3f86ff3d0639533bacf75b75e'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xb4a13c868741355d9dee19d6342d52c4'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860052, 0, 1, 1795671860070, '\x015147fccd03f4534221e4c39ad2129fc4fb421de3bac7a7f89d095318acafdf2a86cef64e2d16ab6b47fc3d3c379e1ee3c1835d6a2d6e8e2bec0dfa9f02f547e9fa9b7043e914f9fd4d6d792ec4d6dce0831a283676302a212c5a754372dfb713cd00ad6c3422e0e82d2a0a5c09835d4d99cbaac35eebed66be34c2d5930bf97012c26ad40fdb0474b6118b01c6faf3e2a7b33b2f1142f784900a969cb468c24683431859c1d60faf5ef7cfea284ec19378718c2e22a89980e30d00d89f8925900d72f018599750f2fbeb6023ed0cb1e6cc44f2a3cef55d12d9fcd7a573331676cc2d1ad929d87e65b6eaf9ca1f8caffa577250d9406f78bca345512988982543d839e77ebf0d6ba93f3a8ac4d1656ae7c31f93b3ce9d91d5362d263e37aec409d016cba4c9f5d040047a'::BYTEA, NULL, 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xd25369c77de84ad4209f96e1abe40e3a'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861065, 0, 1, 1795671861083, '\x0154a93101e8b35689d5acd45eeb0bd0dee7818b015262204c8c83ce3ba2c811af9d2e936bb363e0367b96bcf380f23fd678dc06531b09482bad26ef781805ebafdf39f7825e47eb75cbd3553c01231f7c75fa33fe8bbc774cdfea76ab197e8aa540f2685ff3023778820757541a02e81d28045f5a7ed1b6844104b1a9457065e40f34fccd56b8a89055d01730fcd58e9af49b72ca547288d7a99e7643a2b67d819501f5909ce9bab0837a65265efb0ede9690f72154239535b1b3bb3fd2076655f8c8e01c54db9a02f60b1abc5f7516e51135037e6d75090aa070f106a190ccdddd8aba98f3c7befad80b179c82e6f7f2f4ff92c399d3b3c79a88496ac55c6f562b3350fb819dccce675547054cab6f51a5e0acd7cb1de3bfe096eaacfc7d2d93235425e1400d77898c'::BYTEA, NULL, 0);
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
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at") VALUES ('\xb2eed90299a3cbe0527db886a24fbfa7'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1795671861876);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xb2eed90299a3cbe0527db886a24fbfa7'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1795671861876, '\x01ddf70a2540c82af65d2dca6d86b359d440370ae19a16f3d085da4cc91199af2b0ff094b46a264d24ac27adcd83d3f8084656d7175ceef751140b5ff58d1f9bcff76c4a45f592f7b57d372ae894bf31fa5f54696c936ca8d8cbf4758d03ceab331b1edf81a1d51af487db44c11d9d53b7593983b66b6f2f3e48880f65a528739f59ede8ec5c76b864a6fc93d1ce29feae66446ed061e0eb31b5eac7'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xb2eed90299a3cbe0527db886a24fbfa7'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1795671861876, '\x01c4ed5aecddb3141abc1244d371ca22f6b2c1c508c75c61925fbbd98efca993a3639e137655ef73dff407246d97ca3d90c51c8f045bccb7342bf0ff3d435056bccd1969d6e5148e4a4c30840137a9c7f4a994896f6e0d12c3fbd30e8d125c417fe6051c58297d1531e95d85cfdf30dac18ed0e7b9aa114c5e612a28f3225803b50ec1539563990e636b7079df518c7e222d2dd6ed14421b7e454103'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x019432bab81721e964a25d7f19018ec8e2c68544cc87b0c40b9d09be998f427ac75dba5f7699278d6c828ec9c814'::BYTEA);
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
	CONSTRAINT outbox_pkey PRIMARY KEY (conversation, seq)
);
COMMENT ON COLUMN outbox.owner IS 'the process that sends it';
COMMENT ON COLUMN outbox.payload IS 'sealed: what goes to the provider, serialised once';
COMMENT ON COLUMN outbox.delivery IS 'rank of the provider''s last status: it only moves forward';
COMMENT ON COLUMN outbox.wipe IS '1: delete the row once it is sent';
COMMENT ON COLUMN outbox.due_at IS 'ms of the database''s clock; not sent earlier';
COMMENT ON COLUMN outbox.event IS 'what it answers; in the first of an answer''s messages';
CREATE INDEX outbox_provider ON outbox (provider_id) WHERE ((provider_id IS NOT NULL) AND ((channel)::text = 'whatsapp'::text));
CREATE INDEX outbox_unsent ON outbox (conversation, seq) WHERE (status < 2);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861064, 'console', 2, 1, 2566413101441810682, 1795671861063, '\x016b191f40a266814a04b3bbe576cfe873bd5588de2534c70420931754a9433506a6d6239940fc4049dbab8698c2bfe3a00411700512941b65e62ae38196e051b46860d27a5409dff47c38d3c7f803ff23b3fbb7ac775f1f6561762e5bd9066deaf301769005958a1b03e73e416845013c5b091bf97c085fe8c6dbb4de78f2117e0be2234bc9bdece116c6acf1b20a03fc60d91029730dc9940aa701b8d3f58ac552305a358f691bd9a511ce9ac10c590b3614329437453244a85d03b44dcae351d43553dd8627e718c5b1f0d6c54e706e48723e5164f7133a9bb3f0d4e37cc7a2a0856dde486731d81600624097e62ec7c7f21090be90345f23e43fb27d4e451a92b9cca1a3067b222e5fc01a047975d8f6cea21a87f0c45ec3ab6aaec7733cdee3a3c754399cd92df264f75e64a4a952dc396c1099cb324748f938873196eafea89ace21bccac89b55b4e465a5a856e448508bb0dc7a91546476c586b799b684a1bd9b541b1fc8a8e29ef70ad21652835820c0822b85ccc8a112e3ef622abeda94bbf2abd5d170b8d060ac08d1ab1bfcddc46455e882c8198900da2c7b2dd4a7f9b5d29da9acfd2dd9f303af36fdce2d1e32ad1fda39cb0c3accbcf2210bdf0650fec548eac11a8c86175c4f71a0426a7c0735e0a8478149b3d92dc5c5f62e44f937c20396468237fcc4c8ec29a7319fdfa2b3bd7f3d9977356df50bcef7b2d5710f0bcf354b73c64fed439ca5c6c30e87ca9e8282d783a9d00b10f655b7cc17f072b819d5dd41f26c23fe8ee891550dd1a6896831323dc337d31846fb058f311f09bf02c98b5b459e08a67f19e418c5b8d6100cb40603906f8208e1b8923b061e2939a116dacf489166f00ca9e6f28ee5bb8964d6c25b1303e5959697ae5d614e5b16cb90113aef41490ebb701f56ec5a338b96527290485a2833d7968e287f57bda3a6ba6785bb0c9d2679a196fefa7298c2811857eed1d8eb019d27e26857746f68a00e91185f5279f7369edaf4d1b834e2c36cb91c69f240ff56c5d8ec869a850651b0f5481e989c58d40f8fd24971169d114c71e7244d91362c5b2123b4cda2fba61741b70acf44c783a34fc133e588009a33ec4f08f9cc68030ff1e833b2777e6ac74a296c981113a3918903f5b306488fd6d156b87b83f9661fe163f6db51a9326524bda9b13dc30690319716236b06d8c8c3ad48a529acfc13fb8b083bae4d449f9fc35f399b0102d3d538a8c4950865362f48'::BYTEA, NULL, NULL, NULL, 0, 1795671861065, '\x110d696954a7f12098be9b78b481528f'::BYTEA);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861066, 'console', 2, 1, 2566413101441810682, 1795671861083, '\x01e4fa2eb9a2da213ddc9ea530f375e332ca054e0634842fb148dcdf88cb176fbabb1bddb27b301061ef9afba4d3a1b95f61c8abd80dba618c3a23813a8211e9ab0b611d1285dac74651595d6fad894a97da8c936938f599693499901a054a30456141fede3cacc7ae2a6cc4116ea8c1043f116d6067c06113afe00572117947758c24ababf21af30f8a67c3fd2005424630c4a913ba82c43211817aab69e45e63cf715dc18b5169cd4454c666f5347ea1700bece5e49a6795234a9272a67af21a09b42a7431117d2e7f80fbb75eb99e5efa06fa5ba8e0f6f5d5ac255835ba7f310cf8efacac9302caf5f639ce09cee7f65d276a13139d691e6b20b65c61ab5d58ae189e31404116d51fc71faeb8c20152c0c0f168e7a720d7f1e4'::BYTEA, NULL, NULL, NULL, 0, 1795671861087, '\xd25369c77de84ad4209f96e1abe40e3a'::BYTEA);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795671861068, 'console', 0, 1, 2566413101441810682, 1795671861112, '\x016e1d9ae284fc950c5e3634695ea610abc3298b01114219b97bfdce5a2746fd7cd9c5a372d660c8e68ff3178cca81e3cdd8b6cca847ebd6caf0167a4a1678031551cbe3f174a5482568fb2a6979142dd202c9c99bacb2c762ce5d92077e8a875e9e3183b623e37415ee26269a47487e4566e8537c636581296f2ed2bdfae42e300666b41c8c0afb4cefdf7907c27e8a3dd8505921e1aa4268a5a46c35608a531cfd92b84a2fc78a0023aae18411aca91b4ebdedf502a443dafeef0b978c259c7ae36006e7f94d5c1fcd0b5be1985faf4f9e2071c0bfc4ee3799de698ac007f911ce865c51d83081f2e8218b033b43ac569dccb801851217c4975bec0eff3f9841255a55f009621da85eb522acc8fb63366273278a0fc08cb4663ca48b2c4ba02906ad63ec013169add3ccc469a055f7f6f9db1322b39bcdcc4a4a725e004040388a8bc229a0b306e18e32fbb0345ed1c93b7f51b53bdfd0b8b9c51c3b2444453bb9336864ea39b882ae1fce633ccf59c0c93eddbc0845fcbc7d641427bce71293578258f4a23131c8bd8148803e47460a8528cb1bff869d04e25ebe4cf9244947c8bcb5144cdc1cce'::BYTEA, NULL, NULL, NULL, 0, 1795671861114, '\x0f6d193b67b415275bcbff28b4cc7689'::BYTEA);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860051, 'console', 2, 1, 1300149032253025237, 1795671860050, '\x01dcacbb2f4deeac166ce24bcff8324511cfcd5ee89b85aacead00bcb66a5bbe939d1791a45b08931b5b08bb4dbd22542794eeee01fb07b76d4977d70f7261e2b63a6ffdd64b241c377c97807823f31b994b4931f79d4190155da548b4b589c1a2a2000519d40a8b76724d29dace5fc4b695ca95271b50e469c1c026682802a59cf38f4022f81a63c973abd8843e65534b606da5375cdee565d8c949b8f7af08e0310baf2882743e20e977abe6adf4bf39aec176e6766a146e08050a7d1621142e3d8fb32fb57828147661bd871bd5b6802c3a92fd509891b30ff745e1e6e97c2fad1bc86285608204a0cf86113d8c0912b30114281bbf4d4ba20e2f7c147b606404467d8af9acd841a239ff201461de985999e49c4107bd044a052e3f98717edb0ca47e8fc6f4df9feeec0cda50d7c7e337988d33bd004ac1b5eed64ef71405064f7dc22681f923c699899e5f16ac5e96aa9b8d28b317c3390655ed246f1bc4fa335e147179d609e3c242786c33feee09a5772d6f8c29eeb4d2f32260e2e75d40cb1f744f00dd32ed384c1c4f9215aafb51e17f3a667e78618e23f1ba082a05b2afcb582ab97e3d7d9a5b1e63b2cda2db35dbe5b2994382a14e4111b634a7335755e47b9e8d4eb4ac34bc793720058e0d6a3f7af5f642b0375c0a544abeb1f4751e5a8dd1499aac8a3c2a6977c769adfef1a6f8dce01bff83541ead35b86129bc128e8e9e0a1964045d3b1d9b2f7fc316f5a4af27beab946bc76282252df44c83ce59ac498cae2f5c9b9f6c08fceb62909569151a7ba131ba26baef77d96a17af72efc028ce952a659dc4688e86dcc017fc0150df6c016f947b6c56b3c97162abef8c0982cf1bd1a39143aa53567ace06e383fa50991ae61545fcde947d13a0d6831f87b1708d91d4343efc1d84d968423e428f8126e0639d3860c6029c121e1e10079b8f616a677513bd35b956e048d2e8bc02402a447a37277e8d273505332bc96fd78368a8b13dff3337ad6d2cfe865237ab260b7e80c20aa12215460b386745d9f2c454f55b32c0cb0b2c660483c09bcc50bd5b07ae19358c3e262390ea23d570926fa54ce4192ecb306d42e792187c7cc3c33b968c3830215f4b61d4088841e2868bf105f805675c0a77bca5015004bddd3b021daf7c5d055798b2b6b1da084333c46473dc90beaeac0fe58b10975174bd404cfa30827a983e12'::BYTEA, NULL, NULL, NULL, 0, 1795671860053, '\x4eebffc87d5b50ab8dfe94722a8ecbc8'::BYTEA);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860053, 'console', 2, 1, 1300149032253025237, 1795671860070, '\x01aaa75e69e19d3bbb4b842dd7922120b9dba10fef1ec43eab460c04874d7fdc2ab5c8d6dd04e63945b800f868fbcdf457de0df16af8284c91dbc08a566a59e3075368412e0bc4d709859535a18ab6617b0847d01506212f5b626394bc5416fa22e9132c255c2d13f3bd0d97f2dc7f1ee317e56876ab3d0d45be9627f7d86a1b21b906eb0b1de63418cc9c217698a9d799f7371a10d9584ae6a701ecfc508635f89a68762d8429ad2005a7240e40b65b8490bb6b735992297a8f34632371b8012ab1a52bf46d49f72c742ac4b8ec849325a4ec4da4fb1c6fc097d9645f1c78ae4859eb37fd0b0d71c76959758b9a88eafc727790b9ee11f68cb4422b24e45a2c53bef9e28a44fc0abc81eeed292939bb932e51cf5af303bbc57078031985dd5db15d47fa11d2b37de68dab9c1c27e64e04bf2472a08aa07267b59a97ff80256613c14cf2fe40a47b117254ec442df650be917b8115611bb2ba4194b29e95f05469e16be04a8e91855f601e625315bbb351fb9339c2b3b3e75ebd38ebc6ed9fda6e563d8b5e0b52df734ba29b7cbdeed0088f4565cc2215d594ac6cad10bb665751c8494fda031781305a7c23c39572f80283ac2275078b08cdee8824707165960bdf6d93ef154dce7537f47db67644e1bb623e88a81c0c895eafd5b3adebb6e27819a06f4dfd17d4c72a8822a638ab885b77825d241403d0b616cf5164cac0734ae15db1f64236178c9e429bc12b412df613e82fd1163dba408233f1f17517a8583c4d8a658c5453131981d7abb40c279b377ab3074d24b4d0eb74220b4ca819995dcd2f4ee23978a5a7045d20ad1063d8111011d8dcbd059f1a4c1972f5288e27c0bfb96e99da58e3fec8956c9b569f50ab6aab3876603aa12167bfe03a32df7882ef1abd2ab705316e81bac7c1c0de93c130c766555621dad6f878e66a547cbfb6cc030bd77293b072694a141f128fe5b3786223023cb51327988fe44f5b18eb2be3663806b8dae20024a8a5c264795dc29f23cc7413aa610daa29d0995b1fdbe757d3d5df0dbb8393a70788d37e69fd2af02de6bf8d4aa4779d2262d329b8805cc63ba3837d41cc84134cc109ada9597a1eac8fd3345a2903b2e1cb4f458b93db2b0e1c8a31ff1a093fdd1715f8d7be20a47f9f4c17f8e26aec45cd8fc18b04cf231430167bc88b47552f756cef5010d2bb94371bd6920b4c0a0ba2915321283c20d58036c46f0ff8e35ab5835bd5886fff2771bdd5c717ad1f3509faba6b81954450b8d0d639e94c6fa28005b0aa31adf544c776fdb1a029048824c6af8a7711a3a4f93f287198648bbbec6657d6464c981f263a5f08ee97f7ed867be7f5d9126a6b4fb3593b79c96099c032ceec3e7e791ecfbbc0432b9f0b8fc13585e5b5dcf8d826090d28f712dc7a5368e6bd6b736194e5ab2062d3a08c7cf461736512f2e507496c68b02649bbb818ef7796a8e44480709bb3576b39fb768ac3e5017b3393405afab96af1a0d9f41a0d2e02c38badf11f1da33b00acb97461a6fb16afe4e68ecf24d430b1e1be5268f72cca679db3e99b30a8cd75a8ac45106578a8746a2288f10e1e628cb3e60d5da992dd451688a76e20eb7845cc00ac02b8cd2294faa61b9ec1cfe22be4c006701fdd1e0fefb5901a224dc0f4fea2e7f36ccd14e278c5242e411a2862d17503e114810ab43227609d038f053f6914641b2b35f7fa2c7f60a82f29cbcc1f39adf5d6918bf2ed92a08b3437b04c895b415cf1cc6e4a5790e06e5ca70b5e905c1fe34f5fa519ef56371c7fb916e6727cb0a5f30031c6151341b47aacaa63c3f9febf94eab78fbe3cf08be1558eeed48c2ea454dde4bf50ec1dc6ce940fd1d6eabbace14def19cae93a6cc3628f145990310ebfe6966a52b95e8f46435c8326e04375ce4e3e616c056c18f443416d434ef09ab8984843e7ff1e1baf866c14e507998f3c9f6c0840058b67306d6e5bd3540ae14fddaad889d6d8119a5f1828622ff7334bb4b75b371887dfc6da9f2440beab4eb2d44ab51a497c523991e8d03b248dfc4bc90e1491b97f665ef3cc0a8bb4a6dc234b95a2f5d181cff21551c449b7b4080fe6febaaa1806d6d6cc3747edf7f44d4ea4c20ee0db489c569d4a04e4369ea69dc32bdb78c68d89d458e7f245c943c3c7b3e12a5bc3a868d9b9b177ae2ba997ede7a021cea75ba49da6f664a64138e2e5e67282b34b70c1fbc802dda0d80b8744d05348fe0f4cec2bf23bef5ab43a0314b58adc64b6d16dfd4639a250299a2c24abcf8924d0b44c91fee8fa00457de89936229846b7136e6af7e0f7a9954054f98e26c469267425f8c829ffcaecf724b554e8a2e16f9cafeab0efa66027e1a4b1bcbd27e6d2c7ca5ec53f06b739a82603ada4aeb1bfac803c00c9f1e0a5741425efcfb2a1eb67a938e36c2ba3ea3f59adb3fa36c5798482887cc6464c29360ffd699ff404169849cfcb06b14f95d21e7248f7671e2fb5a615bb5bbac5cd5a23b1d8ed93fea8f017ccee931ab1f8483e9a8448c4862d50f57e2575ec40b6420f5a259d8ef100d42e1d9cd1f2fd7f3f6f2597438edf39fc053fed69b9986533ce1da69c62812cc310dc8abf7f76e4f95ebc50ceab1988976c29122791bc0258d8823488cebcad930270ca4084d9fa1d81f6ef03f997c04c555dd2d902f73ab323198b9cf30062e38b699cd867174e3528530ccb5971176eee5f3b3ed28787a283f1c543fa75ab361ddfc2a2bad5e701a66802068c7ddd5a9095ec7aa6a021be40791263945a540c80d923b80a5ef5c044ecf9dd45973f7f6124d1dea3ae840a16cb0fb46d7ce58522116b0760cea38a61ca0d50abbfc24235f9'::BYTEA, NULL, NULL, NULL, 0, 1795671860072, '\xb4a13c868741355d9dee19d6342d52c4'::BYTEA);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795671860055, 'console', 2, 1, 1300149032253025237, 1795671860089, '\x01799b70c36cd3c4d8d9e8da2402beb167e9fbf9dfbe435cf36a5c1f9338f5a83c365a62714d2653f911da720dab2d45f1d45800de993618280a47e514a1e4afc7c9608fa3926b671c1c0155149c2cf350767862e59d5c0915d7c3f4726e7604cb83bbe78b20f0dcd2494e383884569e2bf5b5900375fc4f99dcaa756a95100c86dc7101c3242f45ca7c10a9e51232c96a36d3acb721743b61e1da0490b82efc2eb590ee7d36b2e4f402e4267a08ca060d11b35ef9a5571d423423552a73796e4de5fb8ae118685d28b533c3e2b0074b2064ab2a8c033c48052f15d7ee36c63808baaff08130c262fc7aee6f9f5d528a9bd8f4cd74964a3b60064dcac1d4aceb301cefc17acd080da4c0bc06fc3a1dc046c8ba4bf6d8d35e09d0faddf5fec7a9e9c15d2ef921238d5830079ae7103f4420f3c150b34f92a46bccbf0bc4a3ec96b9907b3594beb7c2d2d93574f749ee79b60591d6ebc4e289984756bde1fa983a8565b7591c612cbd13f589dd50fcdea39cdf817e5237a87c1d4668d33515f0f83cb78256e6f58bdf439c99bebba6eb34e86692f127f983b0e0756decd680789eb604ec383e5492de8ba33fea95b8027aabe29ea707f00ed492d5c025d27de996b322a123f857f087ea79caba3301a69e4fe5f8fb9601ba09386760f44bd03d67fc8eb12f0b3677a3a351bb8ccd2f5dfc3adbd9cf0177c6492707a2ae8cd02353cce31f33ce'::BYTEA, NULL, NULL, NULL, 0, 1795671860090, '\x54c541d662d9ecc0171b1edabc3db2b4'::BYTEA);
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
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote") VALUES ('XQbK7d1ubqQSHa7H', 1795671860070, 'seriktes', 'ru', '\x019dd7a6eba64c85eaba2e36f041835d2f0c3ed487a4f21698b66c0405eeac8fcb3be0f611f3e8592d2ea2c9586bfca63397f15113637d4454447a3d54f2bc380378'::BYTEA, 'answer', '7
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
