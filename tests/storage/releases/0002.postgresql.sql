CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0002');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x47fd78a326a80312898e7bd9ec411dda'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874552, 'language', 'kk');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xb299de5f832103b88350912cd345c69f'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873655, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xc145b1e33c25de4c986ed9b30c0cd7ab'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874586, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xfe33474bcc5bdd432391cdcaac7a2892'::BYTEA, NULL, 1795629875212, 'imported', 'january-surprise purchases: 2 added, 0 removed');
CREATE TABLE conversations (
	key BYTEA NOT NULL, 
	state BYTEA NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	seq BIGINT NOT NULL, 
	waiting_since BIGINT, 
	agent VARCHAR(36), 
	updated_at BIGINT NOT NULL, 
	CONSTRAINT conversations_pkey PRIMARY KEY (key)
);
COMMENT ON COLUMN conversations.key IS 'keyed hash of channel and address';
COMMENT ON COLUMN conversations.state IS 'sealed Conversation';
COMMENT ON COLUMN conversations.seq IS 'number of the last event in or out';
COMMENT ON COLUMN conversations.waiting_since IS 'ms; a person was asked for';
COMMENT ON COLUMN conversations.agent IS 'who holds the talk';
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE (waiting_since IS NOT NULL);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x0187b109a375fdc88310a5fb61bff32232bc565f582300b9faad78607afa6b67c8330a31647e106a25885424ce1be7982cf77078f4ca60b9efaa59dd1b16b4222d2b64900f1b6763c52d39f7ebb1cd9575752d360d455fb27605c68505a81133150829402d2cecdcdb90e51ffccfaa285ab02a03dd9de84f43918c57e93091e22995c3007afa179db11a8df2a4615de9a56b56731c55b06fe7f14093de1f376479fcb4c4cc0e3ceebe9b3aca403d4b5963d70dfe07ed52e56a607971be383201d209981eebf8d82f3d04f8aef2d72791ecec4c144fb1ffd5d17c8bce609244929c42e6e9a3a297ea02d34ee6993e79458d3c6dbf99df4ba822e56b104709ad29ae7d4517845d8f39e14b2e90339583cb4efb17cf7172984b6e07d07d00f36f7958a74728a05fab85d23e20c4b809719f77e2fc49f954c15b493d2ea4076f992f40fe2b2b4d031b33bb8fe2000238d2b4cf4af3b74c1794a74c0ba87da817d217fff0def637dc39f2f06ec9f6d276a80ee95a5320188406a6a2d9248985030d3c6996536401cd8de1959938965394a30132dfab13693fb5717aaa899023dcd876bdf93e1babcf20d336d9fe7069e4cdd788c62acb72c0b6c0883271098b8aa2cf5ba0612db467fa0f7471e291cf1888eed7e097eb9c7b5ca83595c7bd2ae8e17715830348d94584647f900a048965609461c19ff10582c030845e30531041a7627374adcb2b278451502fda'::BYTEA, 'console', 1795629874557, 1795629874586, NULL, 1795629874586);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x01b1cb036f68bf347fe85863dc94a9fe998704dd3025320477c5575912dd212d18e95e9b8fc1648423e6a8c3dae543747144210658cb58ea96e710fcc54ebcda0bf81734f0a29772abf2001aafb3eab7d6e35846696a7f63be7586c2c167af95561dcd674da6a3aa0dda5e2dfdfddf5f6451ab69149b6e224670bbffbb77345c84269463dc343e0bbb5db5614e0e21d1688dd6e0161f54c242e6967b875f08061ba1ba2c22fb0be8c6a9b6a87675bc9d12bad01a20e7a0dd79c9e28064a71d8014b2b9abee315fbb0b11f6bf9d8240a99d7653a45bac69ec0d0c5868bf71fe0afe6567b7b0d68418ac69bb3d2bf3ab5a3cd5ee37cae21570af2ffeda1ef44ce30e49ba566e49b55f69f084eab2c0204d8b78f8d1c76154f6d318764e3ad5a2294ce23eef6d0297f184d3758d213741b56701e54eecd71bd9b48c3b81dc532f822bf5fc3a51cf3cfa4178559e4e2d2f741ec57c4ed284bb99dce00f1b4166438573573a25a45d64f421e3ba87d69118d45c985467a5a3031c9b0e571e42ec97cc1eeff37b29783f2e5be94699b5579f4b3b290edb773715ee5c6db4bb8da226838b1ecd752cd3bc70065c5546b59ebc19515a53eeddfd44d8695d3c2fa2002c81a875e5551823209b33757b5101f748a684b5a05e10a89a6e5d2dd4bfc49bba53c582abc05a72a907cd76d0f66ec5559fa4ed21331f5855c9b4cc3ab602888eaafb19d79ad486f9971dbe4300e6f0279a02b42a287a89cc79d6c58b675685606ba334b1ab143577a3f4c31593045f5026cab0a43421d1de838751a291ee1b52eb87f7785831ce66c22c20a33a75a9aaca9b6ef042233cc544292ba7b255a4dbebe60452236ecac681c1138f4eccfd9539cfe0abef6e27d936177e7e2b3a8b074020835a17bec63065977d3e1788edd3504de4c67aa76efc3d777fd7c4eab6b19ad0d5f3488085eeed63b3658ebf28b78ddd0d16185c2761f3d7a9d885836d6a8a0eb81a126454efea818becc45fab01daf074f5522f4a5401944b38f9684774094f362a0fd3c618e115b00f1003e178b7df3198027cf35210006c7fddf6d11371cc7de04b409dae04a200616202dc6a324fdacdef7415eb5efc1d5ba0d3ae4e8663f2f8e702ace02dfd0625ecf21f996e3d54508f0c034f88fe3e7c7d169f6505ea56f6974eedb843e2409cc29bedf04a1766cfb270ded2777d9da481c9e8b1f00b9d40f5eb0581b8b5d9c088c7407c'::BYTEA, 'console', 1795629873660, NULL, NULL, 1795629873690);
CREATE TABLE inbox (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	seq BIGINT NOT NULL, 
	status SMALLINT NOT NULL, 
	attempts SMALLINT NOT NULL, 
	received_at BIGINT NOT NULL, 
	event BYTEA, 
	error VARCHAR(200), 
	CONSTRAINT inbox_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN inbox.id IS 'keyed hash of channel and provider id';
COMMENT ON COLUMN inbox.event IS 'sealed Incoming';
COMMENT ON COLUMN inbox.error IS 'type and place of the exception, never its text';
CREATE INDEX inbox_talk ON inbox (conversation, seq);
CREATE INDEX inbox_unfinished ON inbox (received_at) WHERE (status > 0);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x12f8183c1d113b7910f185d258410f42'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874556, 0, 1, 1795629874586, '\x01565371dd23cb7c376824f6635f0f99e7041687ea7e6d5eb61d79aa64e8a085dbacc9fa2edd9accbcbc0235ba52957fd570b73dda94ec7de1857199f501d1c207df678e6922ec898dd5615c90fa1eff4f9529d7a210c6b9d6f09a036da2e16ce9977e284d240c32d2f1411c23281fa9529c9019d4aa501adf23d062f89d21a86d9c597cb6fb617cb1f7af2ca4132865a8f5a4cece7a9c73482c6789b169c4d8bfe78fe4b1171e9b9a7cafba576892ffeda329f8596c067154e948b9888480476a7ceff4fc75e66579b0222c4714c0c4e0d30696e6df4e48efd96b41d1f9a0fa12655939d89cceddca2cfe0c8d44918e7e2c4a8fff6588b37e06e8b94ca26f981fea45b697f04f1c58a7e692'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x1e1a5a581db68c2fa4cd711182ccd642'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873655, 2, 3, 1795629873655, '\x0182bde6cd9fd4843edbdc7e9f9840e9957a883b62e7527976a73388948df4cb6b992ac84ab790e16152851d3e254dccdb42123f5101233b34175e1e1f2f3bdd34a12ce2918715b726d9a385d6051ae2574674f64191a6e2ab1b47d2a7af7890743cc0d995c327f3265a6fa8aadcf7b5e619c53c49d97e85db376561c0eb74a30a49b17071b07c962d5b24770e2ddf873b931d6293dd48613d205de78c29382418f8141ff1f089440c2cbc5cadbc24c732318a36dd3acc7e1025363b69ed4b308caafc93034b6a745964676a406772b9c9b8196f11984068a406538df736b2222dcb71ebad3b5685de84c3444d8f9469a7de6480c962ab466a35e517'::BYTEA, 'ValueError at dialogs/rules.py:1');
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x3ca70d01b8270dbe09be7a2d76e6b524'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874554, 0, 1, 1795629874569, '\x01c895ce4584449ab040a5a6adad8e5237c38e12953d1bfbeee529dbb5250f4ecd4c37d0a6c3eaa4367ba8ab05020d48852c96fd5fca0cb6e7119a765fd88134e9204a802acf5feedd2fd61eb6cddd605c10a17b67f060bfddfa8bd4f2d127e94a0c7c405e6f9c3fb3fe4e8827ea8dc5e3f0c722099263007cca0b5a6a164b3c0d15e50b2421eee6aacf650e856a9f2a13fc8236e7b817a6351d25d60a6d9507a6c0140c84a6ea00ffdda5cd7b6512c6e85a3ef1a50cb4c20847b2fddb4290fc98eff9caad7ae546f1b039d9f9ac098ea9e899eeceac0abdc9e7b48a82d54dbab9bfe73e7b7fa5fdbe888c83cc810acda4741058f6890b6c08e758beccf8681ac9cd3f5e0ffefa6e3a2d6a77fe49df763e8f96bf07ca7381ae7ea83ea2'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x4bf4026f9173a1f671c95aebcb69c406'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873659, 0, 1, 1795629873690, '\x01aa22eb4020ab1850178192954b5a5697589666ece7d6b196ddab4013cdb65cbde8d1799a9e0c392041e3fc9b988b1cf39565d7d4c73d86a9f1e2d0f30c28efb77e7544305b19a92f0c353c85d74596b4c6e1551386a23f613d23af6629dd506b127766b8a36e842f7b990ff5e0bc177e6be681e1c32bb89a5335f18651c8bb507d15d372213cf1db8f39c55b682c66b80e8be87a3bc6385648c752a421a3183eb6d60cd4a09626a14d6608ffd98a6537faedf2869bfced6f8a2a9202111b130d025733c3e6d714351f22b924a83e118107f0504f2e1cbcbd9fa4e8d09f24b48ca32877ec354ce3e89efc125787474fa5fb038d44b7eeab79bc2033b2a0a26fe6'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x9d971736fb1953f91b3866c3fe1ae35d'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873657, 0, 1, 1795629873673, '\x01c64d5cfde1e88007d8e0935fc9209fcf05ab2ee4cd3e9a95bd176dff28f0c8bb0f77682c45c43cd5c93967f35b49b528a1dd265d205138e23ed50d7be71264f30d22398f783bd767653c18c3882f86148af267764fb1078f1eb5326b6e8ece5e47401513d4cdbd546b6af3d4aae80d60a6fb28875333312763e61cc3e094e9ddf54c5af5c686f3091cb5a1bd73270e6f32c054720391d9372898f900c347b2da1f7179524c355f7ca363e570bc3c8f6ceab93e5c1a16d9b6536f408f9e8acd0b7e6dd7d642369e16574a0d1dc18459b8f1aa69b251080eaa31309288da8287aa69c78c148b5ad8c7139b73a32131f6fadd7b1143bf57effbade28471de45ccbc88ef9e78a3d90aca36364550a3825f8b3240edaeb8652387381222a985'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xa2c67eee73d5ce0acff3625bde2768c6'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874552, 0, 1, 1795629874552, '\x0105d23aaf7c860695a4606ca5f126ca660f08d42fcb5f3b0d14b04fd8b0f9fde63dff0d4c616eb7544224ce9aba487e2aae7615af8c3a94c8b5f305d2c48279dae17b18cc627c2825898a4c7825972376e5eed022496be4efd08e8030e2e99cc93896a81398842f94f2eacf550fd73fbfcd296592e59b08132ae5bbe8b4c3587b1e8c8f3774217a1e7e80c2148de3778b2c51f831317db3f7615636bb59ab45b7ee3a0466e3648b5a0c68804ce18ed033f54d3168f199f9c47e6d7948b1150900aecac5732bde7bcdb8c7568ef9965bde9c86e11a00814b3ec5accb9967f4830c5532d8450083ba65f88a374cd07545df5aa2e01595b49b3ea6'::BYTEA, NULL);
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
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at") VALUES ('\xfe33474bcc5bdd432391cdcaac7a2892'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1795629875212);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xfe33474bcc5bdd432391cdcaac7a2892'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1795629875212, '\x010604b989684a34bb1ebbb1d7f8fc57cf7c6b01a1cfca11b37a762264a35d6512e14db972e7546ca950f40f41197e6bb33d24370bef813e0b862d376da5f43a534ff5625b40840d31e8141604ee080b6d9c3edb48039e661e420f78882a1d8dc4f5bd58b08fb366bab933633629244a9b909b73e11ea025af5d064e68e9a487e6ef77f5b7e21293239fc3822d9becffd0c377d08bbceb1eaae61f8f'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xfe33474bcc5bdd432391cdcaac7a2892'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1795629875212, '\x01c1a1103ae60b3f6ffa0b0f38f6a7173ed3b48b3bbc07221ab817931049418c4e767efa27e0e214d030d4003bd2d72384d353bf3cfbdf1d031e7633cb444571f0f56d84727352fc2e1369b677c87901a3305a27ceda0c3f7dd5bff8778720aad387d40970b7665a970ba82659b006abbf8ff5546f4ecb361540c3fc42c2fd7ecc40c8213f9b8d8321c1327c7120afe9ea0ccf3ad5dc4898ade6f617'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x016443c70591ac8eadd208e5edc8cae52d31a3034bfa20a786468a0b2fbeeb3d8304396b00cd1b5c542e3c995ec8'::BYTEA);
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
	CONSTRAINT outbox_pkey PRIMARY KEY (conversation, seq)
);
COMMENT ON COLUMN outbox.owner IS 'the process that sends it';
COMMENT ON COLUMN outbox.payload IS 'sealed: what goes to the provider, serialised once';
COMMENT ON COLUMN outbox.delivery IS 'rank of the provider''s last status: it only moves forward';
COMMENT ON COLUMN outbox.wipe IS '1: delete the row once it is sent';
CREATE INDEX outbox_provider ON outbox (provider_id) WHERE ((provider_id IS NOT NULL) AND ((channel)::text = 'whatsapp'::text));
CREATE INDEX outbox_unsent ON outbox (conversation, seq) WHERE (status < 2);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874553, 'console', 2, 1, 4509569882289456104, 1795629874552, '\x0179fc51d75bb1174af6a666a6c394441c16291d643fd64355b06f0bb504100d818270d06d153d863f8fd0e8ae97080566cc2b223442ce97cfae3828f36986e6a582016061bdce2d7cb329b9a1d6775032929ffc47a6235eab501a699c950a616c418ed7284e84f6fae9af4fafe2ef08da1f83ee0d3477a06b0fba357d3f5d09d6066af230c2a1be7a39e84023358725fe465f66bba0be85dca8a9c8029ee94a1c654bce4c7572319580f5f1d4e5669a886b3f1cc33d6f21a9c2a803df021b3aaf1813fd54fb17cc129362610ceab2b51b65565068f2dcd5c7af49748cfc5def9c0cf920b58f4d451208c2ebd2f2285c9c4144da5c69813da838df83e820802609360bfb91814405e6ff7e5c508e86352d99fada59be33b4952d13ab2b9036494d0abf7991219374a7a4a6f0545c0ea0eb8bdefe71ea770ffa6607d5b91e6280a208f7944fe874bd95931c16f484188a115e9da251af5f809ddeb990f9da27a7140452dd27632f23c91d03e406c33a55ed43b2fe5b1524a005711a549d5081da7ba3a096dc3af40b8fda3f2d6a1fc3f48dac8bae1d8ea7d107121d7abe293c416c882fb402b9bd826fe4e02c3038687dc034d91705fc15fa81b9a8b39fa425c3a35acbf659515e64ad8433c44dc879716e61d9f334241955c161f177886460617b46d990154fbfdc4ff4ef28b122d79493f8b183ba733450a614ad7a1193a7f988192d19a780aec94489e4e3d3e433f9331f0e3a3303a53b834fae9681bbd1a24f63be6af80e90e6c20787158cd5d164fae1a10c307147721c799de3f3662ef1518397e46575dc2067050b5c0fc028b3c8f1b796bb5788e97bed515eaeeab234332bd334d4e3cde680c361b8f6ac1ca1ba5edb4587ec196c693c86a8266b7c940e709655c514286679ed90bf99d5c059801d53090421cb85c13f11b0593bbd0a18d78ff6449ca74d5a461e4331aee9ac22fb2414b972c7cb0b4fee18aebc6365bcb8a48ef6af0a229b45da91b72ee663fde280e65db6ee6077e6ab114802a5c4d6e163c86fbe7fb29b19e1040444240335928067525daf821cc0f863e375948bfd7408b36960d3f4d15382bd717d1afb802147ef8e9c121e8e25f830fc5717aae5e8bb45260354167936e17a6f833ace36c857cb5007949f40bc03ea88ac9d34cb4a998ed0e6e0a3ee73a80230557a56a712aa7d68fca4b0e824c6e75770ad33875abb12e4d195c479ce3080ccce098daabe4931b8b10aa4'::BYTEA, NULL, NULL, NULL, 0);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874555, 'console', 2, 1, 4509569882289456104, 1795629874569, '\x0120af456857128a032e39ab825c6a6af8ae44dc537193025293c53491bbff4739a3e4981437430a2f1084ce95440ffe60c05f2aa58fc0b41ae5e9290e420d8705dcfca454a4f1663e2fdc3cb0d1f4c18fd0a3f7b3453df92aec2a220803bdc09b200a2bd0560a32db30fc79e36a99a62db7e708353658dedfea4c1bc768aac99fa9c3cdf6eba38cab9bc5500e4b680dc9a768d0ddb1fbf9d5ad10f375daabbbbb7240bec104ca8060ff4866b216915d3c95042c051b872d09d3ec9ec0f84fac1fb21701f8fb76d5f568bab30a36509f3b934d863368b11ef4473431387b5a33caf432663a2ab1ffa56a97b25f4feafe2aecbf3ffb226987bf69657d9b0b6bb0be426be775b405b17d9469fc09950e8b06225c92769c6e009fc7d8'::BYTEA, NULL, NULL, NULL, 0);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629874557, 'console', 0, 1, 4509569882289456104, 1795629874586, '\x0108a57e8cdbb4ac207c35566f4de46da97261675bb33ee582b27f186fa225b78bbeeaf000d07543ef293be499d29e9c744ec01ffa163127e42199ab79ce5c8670ab3f7005a2d527bade7b4e305ffd2d331278d3e872b88588100085d9b20369116613f5fe46b0c390eece843fa86600b68388748c46e9150915d05f588a352da5b65083eeba4952c9e3146a29b731351ccf9649465fe4fa2dec43a5295c2d87514210749f28e721a1f8262050453d8d3c815b6a25841b80dc566a10ce772d909709a93a292190e91a0656e9cb51c9115d7863514d2b85763b54ba4fadd9d99639b93be631f4fd9e848bb7781873f66b990eb53794ad51ca785f49e49dea7782f88862ad85418789f9dc5c5004b88c90d1528ca0458555b72990c241892073e5deec7c41a71dc45c581472c67fb528ee0b89c7f152462370a4a58e16c802ce66d6bc03f8374a8d42e2470daaf47ebe6d9b4629eec8911213909fc22da7f4ecab8b0e9a621f4bb87681fb37ece9c619ac5abf7d887ccf070ad31a78c4059bd6ea50aca0efca340a910b87af31bc48b01160e3052e69c8c430fc370af2c3a7e45542a198a51e5b1ae7d4'::BYTEA, NULL, NULL, NULL, 0);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873656, 'console', 2, 1, 558387851338091149, 1795629873655, '\x01a5bc46ee71fa3537efe04ea379f471cedb32bb702c5de490fe31e7177b510042f8925f7605a5f6b02b1ae039bf3163010533bc2b56c77c6400b118c0090871e7b22cccc415e5458cff5f44ebaf1ecde58adcb690921421e361e4c5590adf1d3e52603cf0afe49abf238e8d7708a3cabab78cb87d001bb854ae566bb41b4d76cb4920d7a1fb89723cc9271b2fb8bc43ae08b9d8519225501887f87573d0558583f78c664730c1d7527e18f51553a4748c4d1b8aaf7f0748615cb59ada605fb137eebcd30d4f9d363027f5cd0bc64c2e57a826697e62665f84742f249ee85026f57f3558e5b6231a81573c006e20d0369ef1f7d904d6ff922de473f6a28876377efdbbdead60201ad5f21cc152cb0859e09c9816d0da2236674cb208e8154fc19f0ac4947a661c0b45593cab13cce42ec4f5b36e431487517dfc9d23b76d6b1cba4f48475cfd2c7f0ba18871c51125b87b486bd38559c2f9209f7d8d602746732756500dde06fe6c2160134bce8ba616b468622b2ddd3ddedc6db3b1d92b9cf8d88b99a751102aaa5a1e74a46f7a67f4af51f970c523f5c59d40c3f0e04db054e4bb180bde4d0fff9469dc3b07852ab895515d78367772811065b8096b8f386a2015f568686ea5a583d0e8d380a0161240ea7cf4e7999f4aee7eb139a11c26cb0974d4d8371a10577e4a20945895542519283e9c1a654f01763757260da2bc296cfadf5d2f1f738ae5ecc566f8740da3e519f147f2442f17d53b0a56c3bd21fba45e97bdb6b459955538a2c441f695536d0d7bf8511545d22ec7e662e4166a32902a6af2a2e71a27819911dede3950191f95f8d8becccad58d99e2ee1eb5e2fe5b3a45cb24ee693d7ab090585842cdd83f386a958773e78bf7999ac09e4f6c4daecdab5f98eca989f58f50c17d0d1bc08c082329922d48f3fef262a4fd901e5002aa9e61dd591b4bc06a5efa2fdde028376cf822e390ab332536c05f59ba968bc0fca3a3204e55d42f69598a9e7cb1ef8b24b3e3d36ccc9ac0af762f25a3bf18b53d128a428d0f87d36f9b6ecc0af63768c834784fd8991b2563d125130e2495297be176ea009a377e7bbf905570323785389b5e9d87e390302ff5c9b802a7367d99195b58db567a511d9b17316b06e51fd6a5c2e958838125716b57c7cdf55a64700af55038302a39b346a22b3c2c0e47bb1f0ec77c200cd73f2a18e7'::BYTEA, NULL, NULL, NULL, 0);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873658, 'console', 2, 1, 558387851338091149, 1795629873673, '\x0135b91bbfc3faf150e1077e2756b071633a8c019c78d9ba3062809869fedde6cb396b8d9cfbe0a780c16c8fcb6de5989232e04071f55a234c165ba7699e0600eb5b24fd85312e16058628d21ee9dbb475bbc16d8cba1e2230751ef287c8916b99acba3531743eee61d570f0db05963513e2e27c5e336f94781bc7c31792f74f166ed1043a10f7d15cfa43dca8f6c832d8bb8cbe0bcf49fa7d33f85ea82223a90010c938d2fe31b9623c51369f70e471d6fb5c7b3ee2c2335ff2c3293a333e459ec1f5b3667a71f761bcb16b15dd015fa2cb70db11a4a34973bc199b49b380cddb22e105a9098ee26fa266f8c5e8258f0d9a87ec5469467b5084dccd37f496a8d8bd179191170a16c41f0e950b71e1f119d38b7de24a0bc136e5e9ca59b9f0ac93f2bf58f12e82dfd55b262535f2e9d827b7051072370ba3ec7566458c07784d947d69cb3966f82a5c7d49d3d3f1bca647c4357dd52de7fbb85b3a19d5c3b27c7cc49c34439059b5828761bad4ec9f7e15104cd35c30efb13a3016db13a6cc4f932e238cbad83953ac32a3b70365de9c0eb7ef464160832e14ae5de5ad50e288b408ef8417c5c888dd721b8d3947eb70115926b9e638c934be65b49e549e9e993e3f7c7528375cd2cc5f94cc4f3e65e8e703290f486572620aeb37f8b03fb0b4d190ae4073f74895514130c543e08fe464e77263000a94c07ac773a99b995a4a7adcc013f44ad7f3a04fa55ec4c292ed2f63f208aad17b70dd484c8dea90cf0ae9fe42877ae7b0eba6b9fbbd5dd92f2d3a7a0bb9140d91524ee2a827a81ca004f41092dfa8cf35716ba9f7df7c6be88ca72ccbdd938298e4322edd3d78e65a485ed7303d11f0f579127ec18c23a913c057da73b32a5e9a11203ee2e1f599dd902634a4424c180cd8b9df027889b568b2330fa5803a275baab60b0f98de6b0f0f6348d995541daf26196ccea0856125776d1dc437ac6962a8bf48c7e5bae57192e2dc1ec8cffdf8c8374f09c2795fc76514bdbe2d4dac8b199b51e293fb41348798a6e4ffb0b0c9f4fea02e9d6b82c7ceedf5269ea16a772666529fa35ae2bfa249d93b17653b2d0978b04634c9f1d2ac3109fabb08fb8ef0638f97cf3e761b462867d84512848ce123b54930d40487a8b92b332cdc9e3850bebbb883202344d6e65880e9840458606947c137d243bdc429fdaf7925a45e500cb23f16ca33344731859b38e84f1b9ab4687f92e7a5b05c2aeab490022d128ccff11b7eef8fb8ee46e58f646ddf77a7581b43507a214c167fc5ac28049b0431974b84499238671d8f158718b41b420db10d57b0c2cf0ea33933403c8a420c37f1cc35bc49204f93b01b86eceecadfdb0ab3cfe632d5d1a604105d300be0fda8c3d79529f140e433932c0211c36496b2ee0ecbab6d21bb5921f5aeca4f9652015b3a48dec6440af7ca122221fe97c25cea532e5ff463d564fbc428a8c30d738614f1a62d4922548263d6799cf2ce0cc4e85f8df8f2310f5034197ebe42d25d8c88900e70d18d7d4cdafc45467d17a577894a1176258b22cd3edc2f59031c1d2cb94b122e008fec304cbf89a78be7f338293ec8a738b0da7764ab3a2bf79cc77411d0fff05d59c06b521a4a8c55b7fbe2784ea882f955bd6cd6f2b8590944416a24736401b27350e4de019d214c9da8c80ad5cf9a04fde45c224df8a614a4a8f1a36ed794ad8477f2ff5d2f9e1d4db8a57a3955cd6913eda25978494d18b4ede3b3083b742aeed4a5f3c1b255837aa5f1eccc7708e3d30cb571001beefeb0f9a5f27f394d787f598d95e2aa073323b9f1bee64e937fc8b25224c980f8f93b10af41f3c304e1cedd596ef094f07282fa71290ae2c49c7c987a549770b92d1164b0e4af353d820eefd64121bacf8dabe03844376d1130868b05956cdcd491f6d8cc12a166d326b725d7755caadefa9a438eaa1849f37657ada1a6524474e442c49d905e6d14a3390f884e82ef8765d86383d90f3b9c91cead609691c90e522d6249bbe671fe3f59006544316f6b1ad1c34056f4d5a25ea39d5df97332ae670cb1a47787ee0b0c9c9407b96b8c4b8ec5d200f12168ef450d7ac34a9d70b51747af428a918313b4ca82c8f71d9944e80d850d240feb2fc7464c4e85abe6830d1336d365054c8cc40280f5c8edf7bf35eef027e8812649956ae8f58a5a75738abe25134681de041f5101fd0f227e3492cec8f5a58480ab335761ca33e31b3110a7a669ccf8e3eb0b418a2d969dcb441b1ef8f76cb4bd9f5012485661da47a2a3c6aec7f489b584ff2928d6fa3b0ac72e293841979d9dc49da61f1fee503942229d8f3e6e1e77189dc905855f3d05b55e789cad010bb9aead0f077abfa67736106bd242176bedf947d8467883a83b41b0d28ed12d425c53974db1a5595253475581864d6ddddabf0b65f474cc54c899fe238bf98767e349af00e6a615bea609b18f3ed1893d17edea3df395326200af9024efbf81b6672748a2fe59b447ac98b1c667f8f9298d1bb6793fa3245dd5d5dafeb8c1bb2f7bf966453d7498dbc5b0acec2be237f8b079656152eeca5a8d2b3de8f79df9bb727cbe6230f0f954b0b79ba24421453ce88f1b62592734aa70f8561ffcaa29d5d519977562926ddd9940631e24392edf3e7d22c00acb353f59026cddec09e6f7c05a4a2f50513afc311c9f06f51598715a4199d059552065dfddc55450569350d3af27a427ccbb443e1e657d9c2f37db0e335c8b0b03ae2e48f268bfa97c1d41a06ade69115768877ffaef6f81e864946facec326ef8baaf33c4c3cdcc2f0516362e78038b3310e62ddb4ab7209e9ce0dfee6daf64d799d7cbec9c1d'::BYTEA, NULL, NULL, NULL, 0);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629873660, 'console', 2, 1, 558387851338091149, 1795629873690, '\x012f338996f0fff36fd15bf202a08592a3b3f26bd504346ef70750de357d86fdec565e8ae96715b716375c9b0190c019df7667ceae3037b0aa144a42b40472e2c604fd17328c03ed4cb5f5c0a279cad30a34f4d52790d6237d3ca0734e3c9549dc1a8264ed62f78c84e7550d6d7401f44d26fb2c7d9a7a8c2d5a9d12deb1fac88c31fe63c51d194af0d801784a4e5b52573037922a3fb8b4285e6f02a4c9352fc4c864be0a29cba818113c1f6dd4c244964735fbe420efe6d5428992bd9080824a3c3f5e39855d7f1ee417a7b1ae114bfd7948ac93bae3dd439cb5fc076c8fcb93ae6b484529fb770dc2ed2f938d67adcb28c4a2e3a5167ade39fda77250a68c4ce38798a9b8db46aed01cb8a85f281dfb30a44b98e46a4f09ffdaab7c9cdc68f24f724b3ec133a033ef4042ab5dcfd8013a6e1c7913caa28b204c036845e2b1fd226eec46d4b418b781fb60d58291047b884086bda8b4621596ec0c9ef076e50416b21c17b383ea4e987392bf1ed723c84258b30da11f2f26e88dc37c5258cb93a066923ceecd737a14b49d9f0a515662a4099934837023569715df7c7ffa8117938b2ba5657b48dc13099c57e68514bf459a27e0f49c989eecf4ad6ac4aa5d486db7294f9b2a2a2334455fba2290bdd51f1565c36782cd39ad236199820bc9cbf0e8e18d53f3145f81158ada683f2f40578fa47e6b5fd7709479a5756097359deb7b75a3'::BYTEA, NULL, NULL, NULL, 0);
CREATE TABLE processes (
	id BIGSERIAL NOT NULL, 
	beat_at BIGINT NOT NULL, 
	CONSTRAINT processes_pkey PRIMARY KEY (id)
);
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
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote") VALUES ('-BbbH4mKNPBMsl7v', 1795629873673, 'seriktes', 'ru', '\x01c092d20fcd62a7f1b82b09367a0b49fdd91e64fe9855635ebedb551233c33f8624ca4ca57eea1f7ff00937fdd664c1722de4a3e5481022bcf6c7c34013dfc34557'::BYTEA, 'answer', '7
2
5', NULL);
CREATE TABLE whatsapp_contents (
	digest BYTEA NOT NULL, 
	sid VARCHAR(40) NOT NULL, 
	CONSTRAINT whatsapp_contents_pkey PRIMARY KEY (digest)
);
COMMENT ON COLUMN whatsapp_contents.digest IS 'SHA-256 of the content''s JSON';
