CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0003');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x10521f74a268f93cdfe96e06eaf5f265'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940655, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x14546dfd57477bb1884ff13f7629c272'::BYTEA, NULL, 1795629941424, 'imported', 'january-surprise purchases: 2 added, 0 removed');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x14f1a7488341a68355fcc05cf16cd407'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939687, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xf192686678df614f897bd78d15d3dc59'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940613, 'language', 'kk');
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
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x01a10fc6b0bdeea81f6497400058e480f4fe4fc4dac581dc4c433a3b0726fc602f8e3c4d6ea37ca2f9500d59111ab9c83ff924c216862d6cbaeadc799b9b23bd68fea67f020e9daf8b83ca26f8647aae013c6842b9b400a031fe350d7eb64816bf86c034b3fd3432ec3e0c06205be9e876bc14a35eef76fdc86fa7d424574a8543d1ccea08b567e45f22296643407ff37499320724a95d720e2fa6ee59fefe63324ac9dc1ff7cd6b2827497f9db4a08b2095ef034ab88796eb1dc5b223b8fe5f690598724222ca570f94824b3ccdd7488439bbe5de2c358ad374d5fc046b1e31ab94d48d79f8e44a215c6e7d90d9b7546f514bde4d7ff782c1b653cd7dfeb72ba88cb584e51546f64bef652c76c1a6affd70d4007283be79407d30ef7668578054a36b722a48bb1b9a1bf46bae5904e7fb98a3da48c78364bb704cb29893b0064ed601656baeb1b9615b579fb671d5c084390e9567c53954957d7a3318d4e2a84e98f7f43f928fdf50bc3853da08f9321e87c38488d0cd1900aedc86888bcfc975aef532fc775dbd5962d3e0fdab365b93b17e7e2932677e32572fcfaa37d4e95b90963d7b000b145be180a18efec390e7a51498948b7834bf6acdebbdd11a96d9f1d2c352a6ae972e153b605ebdf3707205b40935038a0d489dd506019f2f768b0991aa72a24067063365f98684f4fc8c51de0978d4ef54a541a949a39679dd8492253fdcf7df8b7afe75'::BYTEA, 'console', 1795629940618, 1795629940655, NULL, 1795629940655, 1795629940656);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x01980bfe462f50b9d4b0ed712a77347bf38002cc07a5dc03e47ec7219d5b611b355acdc782042546897c72250e7a0a4086646f8f613016e12052700ffef3cfbdd73097f68f96433e3ec9f9d708941d93953624c979073fa0e24e6f69f34035fec3c75c1cedc63f02dc017a70e6510090b2ce48c6eb860927801ebba2fdae0942c5f15be28aefd52e867c38e31e57f6502871297d50e5fa3486c4d4a85937da2b9a8179785c1824f1ce5e5c118a83424776533eca09de10c8d30f24d4f7536c0f30b76deca13830690d7d66e79037d8fc601264ddb78794eeb0acd38076fc8021a0d170997703b2ab2e0a9e56ad2422b7db72ce8cd316d0639f52bfb51197b58fd14ec2d117bbdb99eefa4e4c09a3f8902e7a25fc4a07a09e719def43e4fdd942173020d7d28bf51a3f57b556c16955ff6ef38c4361410db13a472d0c3b371448df3736dceb49cab3928879c6829680d7726d5ce159e3408d8bd55ce1db4a9ab404add66feb773c2798bdc47ffa71c8231cc64df6601e65f327882ac6a0c6c418db29153ad6ff4613ef8dda1ca580ffcce0c582979e1d134efa8fb0ba60f90ba85e1253670eaa484b19cfc39821a4100efe06f2d9b4a7b0cbbc18b205cae58df037d9f82988fb2af137e78306bf52cc6662c3bac9c622789e12a5ad9c212da2a1a51edb102dc664a78cf718a1e95ecc8bd6719a15aaebc7d11fbb8c25c0b7f6c913fd8a2ff4d0e7de8b1d1740a8013af25774d18784207fba8d7409ccd0f63df9d5061274222af2ff82d30a90e59b17ff830b56f79acb39a58028ffde10b11a3ee7fcf65bb28cd6a71ee4c0f40debb816ab5ce18d11ed6a158fdd5877130361635b3d9c2feb1043c5ad1d85c4b24d02b402e0ee048e7a8e2966b6ef05ead473918dd14fd85f2900d39dd937c6601985bb9d51a84886342d0fd5566c5f5e70ccb0379fcf997208ba2e5fadc9068ddcbd9ba5e9f2652a0901bbad8fee3a1ae6be2573a4a8306332408a87bfa332b2fd48980c060815ad702c92e86e0038a413579609c3f4b6097f27f32a538baa09a1543af96877cfa0c130c565471d200c14b13b3aa3103df96af3d2d20f18d62e4952969fde522541a2db9b91490830caa14a0f7c2db02fc42a37a3e0bb281c160b46e88852aef736e273f47478043549f3bff0c8055c56040a3fd55e55bacaf4d0e3cda3cf44e09bb5fadd79485edbb1cc2c98675a2915a2d071230aba33f264a183'::BYTEA, 'console', 1795629939692, NULL, NULL, 1795629939732, 1795629939733);
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
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x56047e48e67b990d63222bc3dfee1716'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940615, 0, 1, 1795629940635, '\x011d64762ff04f78380bc10245d0227ca5e401742caa4d46d22db9f9617955e9dafd7e517400a7c0faf658563848e890ec11b43df224c5d89a844535cad9daeb62e72b653e7a26ed091402f44946b8a001993b47fac78f732f59daf93d5eb12f11b44580159ae7b6346f3dcfca414a2e7430cbc888a5ee4ea5be7df14f38ebfb251dc4c68754742bf823927dfd59adfe304455de4ad8ef2d53882b1eeb234e9ef15d5dfd4ad5fd62e5537ff46a709b4693a9f2ffe0693ec0eb1dbd6a6d9d6a2ece322aeb3618bc389e086051f6cce619ee60d57818ce82035ab8352fb79d94ea35ad53a09b7e8a3717b40c2b37527c5d03718dc681c0d3245ae63d4043180fe1798dbba077878ad727eaaecf92bd533bcab16b09b676e8704eeafd8d34'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x6fde8f70aea8ca5aa1a489136dafb1c8'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940617, 0, 1, 1795629940655, '\x01ee894dbf1be0aa9f8bf465bce83e6eff239fa8cd1adbf57798493234d8c772c9988f5c8a107596d40610159ea507154db7d6f3b0301e627521e843db6d9fae31e2aa360ab34409370d82c1875cb19e472e36d6eaaa538b8954d8c883b26a13fd95f8df6f61dc6a581d8ceced935f500440310316e151547b0a8d9b6a78f9bb225350b6a046959325afe8bda2c244aad84c25c64e58c05313846c82b925751c26ac84ff769b273fcd910567b401ba2789677fbf7b37986f44fa1ba4f88736dfad28c809a8ba06924d7837b5bb1a8b227565497c12798fc628801d206011d2fc8783e8b44593cec62dd0ecea0f2a99ef7695f59aaed96c29b646d4b9aa74a32ac6a4e54d1bbdfaee2e2d68d0'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x859ce7f14134112fef175a96550112e5'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939687, 2, 3, 1795629939687, '\x015833d6b167a612591a51f58b9e8657bb4af7a083fefaacbd74b51cde5927314f92809fa1236feb66ddffb5137c6cdba60bd2db6a22e6369628b774b11a7dd26f210df6262c25efdef1cfbfbba0117461198963b37fcd7d369f496005bedb42817ba9fa7866198bf0f4d0281186afbc42f42a7f0ccc5beaf35028233a2274c4c18ac8bae807b3c069801628d64e90c5f63c9d088357fab1421b10167ae919da77b798da39c2a152569c0845aa1c635bfa0acecf9f105f554c019f5012f301e1a4957824193702eed1513c723b71017ff74f94e7d66220741f893aee9b3e25596084a246c1eb13d9bc221f841eae9fdbf898d00fe0f478f18517a10b'::BYTEA, 'ValueError at dialogs/rules.py:1');
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xc2101c08cec3b42d82c304daacf7f527'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940613, 0, 1, 1795629940613, '\x01095322d064a4efed10825e275c5ef4f9680965bfc771059967a4d15dd0911a440ba8f252c6ce0bc8d671b5191fdddf5fc40f36ea7fe789bf43b3255a882782cdb9e2a796d39355b4153f136d67e187e0d4c9b910bca107fb9b7eaa2a0470066d5b6e10c63d4d92400a9dffb8f5cda0cda023d9b24d2f0366837ff7bcd2c5edd54a21a2828d5a3b8ed45a8911032ac0b9066877ae2ec00f9c94a7c6fa110a715ac59d344dfa15dc44f4516d70fbf8cd21137e572cc59d982ca33f3143ae8a09a3ae2ae1bb929bad40e1e9501e9f0027158a289c83bbbf9775f3e0bfa184491263bc8c4c529cbc03384f4aea2165317d07c19c92dac2e06af15b'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xc5d2c2361e10d2d45099cd4b5118bdc0'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939689, 0, 1, 1795629939707, '\x01a8678c6dcc766caf17bb4ddf2be41d50669b868fc89041cadb703339c4379d578d47ca716157cc02ac4e99c213ead8b605daf168ad8beb7b806455ef369b4f579f0e86895ac675c462dab88b3367a829e1f37b42b2df6c2cc1ccd244a151d93b697922c3276f682ab478584eb292fd539293cd29501d484d69380628b52b8fb21fa7a50eaca5a1ca11109cada05fdbb423bab6fa342568e7ea7546cbe878cea6c660f328a221c01ec988a5b79c037cb9b32cdd0fcc4bb8299654b9d8b8889cd9684ee2b384a6f0ed8dadcba76171a5a4a3ff2e98d29538080ee49876d73bbd997980e0dc016cb78c2500e169c9ad3c7578d90be4b79948d4cff97a2dc69af408d4954c9c41d907fb9c112abe2bb3458392ae237731bbaba27d2155f906'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xd874918414105b0dca1b6146b17f5649'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939691, 0, 1, 1795629939732, '\x01275c63358e5276f6adef50572ef05cc6c81a726984417e592a150cbd19f189e3cea9761b1bf4d07eeff577f7d24c3f7fc9e2be8a0bf3a8e365f6e5111a0b71cf477d61c40d6258c11817996cea5a18aa9159515317b524cba6a8d07292e252e040de96e4b2bd0d79dbfb946aa5d8e7deff03034833eb256d63049037bcf1485d43a29001d8f769344e9dc81dca1fcc779594485cf77cb8ebab0ac39de7ed587b7ed43c7fb3dc4fffe8276c0042f619d89b1b1b7fb0b47fc837de008c391e2f42b3b2799a108bf465489c3a4b83c93128d83b18b274dcfed5f935dc4248eb0222797c882ef7e3e60c7a5bdee6afc5af3fc18066ba6211de1aa26466013a31915b'::BYTEA, NULL);
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
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at") VALUES ('\x14546dfd57477bb1884ff13f7629c272'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1795629941424);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x14546dfd57477bb1884ff13f7629c272'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1795629941424, '\x01389f05a6af49bd6ddb2216f294419d02453b8c7921dd1824f9a2f844792b236332b19805e1faf4f0cd59871f59da5b83d583ff74223ddd4c7e0d1ed6f6f929e8abfce5aadbc55972edf592fed78cc14a3634e8b32aee9032e1a629123ae6e5f0165d8b3d828a1574304d505df2f4306fa9f49e17013e53b43c9331b6250bebf190a41e62ea20fe2a83e97f0a23b40474cf21f46056c677a5fdcb97'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x14546dfd57477bb1884ff13f7629c272'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1795629941424, '\x0130a0bf0788c8afdaed1c862e9b1bb6b3889807d5e4a57e977a6700f301d03ddcbc575f895c15fb45635440ab226ada5bd54af8426f2b1d9b2fe36a5f97fa4844877f2fe1a00eacae4a6485a351a260f34a24b3facc78ac21a09056cb6e2b7bc190db366b7e35f9a41d93223a05179643358255793254ea3f36814c7aa75840d17a9775bb1688c8e521d282bd3da0d536a751c4cae7902b5d110c57'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x013245a57f37c0219b5b3d77d40b3bcc39ddcfe3f6a5a315350392cc96f3ef8038a7df187dbfc61b345a2fb22ec7'::BYTEA);
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
	CONSTRAINT outbox_pkey PRIMARY KEY (conversation, seq)
);
COMMENT ON COLUMN outbox.owner IS 'the process that sends it';
COMMENT ON COLUMN outbox.payload IS 'sealed: what goes to the provider, serialised once';
COMMENT ON COLUMN outbox.delivery IS 'rank of the provider''s last status: it only moves forward';
COMMENT ON COLUMN outbox.wipe IS '1: delete the row once it is sent';
COMMENT ON COLUMN outbox.due_at IS 'ms of the database''s clock; not sent earlier';
CREATE INDEX outbox_provider ON outbox (provider_id) WHERE ((provider_id IS NOT NULL) AND ((channel)::text = 'whatsapp'::text));
CREATE INDEX outbox_unsent ON outbox (conversation, seq) WHERE (status < 2);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940614, 'console', 2, 1, 2066318110791372291, 1795629940613, '\x0126023af21bf1ca207065ed0584af7d0a989d39f34d52fc7a6d3a0f64ff18e8046eb8e9c7e1ec181e149012c663a9d45ed0c3a7cf7b41fd617758e15acf9d4d338fd5bacffae35c79cb3b7681d8a9b06ae7328b3e3747e2d29fb8c0f842a5d37b54cb3ac11f5961dc753b8f950a097a140309b9744b179899bda409cb067d920404f04667027509c4c8ee53eef5cf7b72a4ad0694ff409bc2497513272c36cb959191039bf54dc2a862fe979f4f8aa7c6353ec02b901c93b41ff5bc78c558f094f19e61b19ae8fe76573162745308fbd1851a404b6b527ef90b826c34e196387ec782b3ca1eb9c18079dced520c63411df3ff816d6a32212ff3cc67a2512abe94570dd4a7370d3aa8f97409c832cc9c4843125d514022d6478a32b8960434fc8bbbdae264c337cf7663b613c35c7949e166024295e338d51a7ecb31224cd42946ff574c52eedd135e341857f83c548fb46b6fce0c4f2f31fd77fc24c04feb44a689208c71dafb65a899da396cbf066ecdd0ff2149d50a55b0268225726bf4eeff9ded5d7d3292ed34ed9145622c96861d54249d3facf80ecaff03484f58b2efd01a7035593ab98966e7b4a940540d51d549e8373b3881e44cd145fdf5c2ce37fca3a79f07fc5ce381198a784df6bd54fadd9c21f8ae826671dea43f792744b6d205b0ebabdc4df8779975b02bbd45a79f8407c2a65ca52e560a62383575ca9df92f9c9b99f6911a54fea8d9c839a75f0ede3b1e867f74b1b58c26ce8e0d07196984a6af9d196e6c7884a892b0ea10d39e8e85d0611468ed5bdd1200c986c5611b940eb220d82f323d2b29b19273af22d98c97246934e88728ce3bab6c84f1c6545093186d2e513511f90ce69c87837d958e458d208543f4f4b2f38d6fa8dbc860afe8777596519d688b37396be6011f24b2abfb258ce8d2f0f9281db9585b8e2832eee1f420d05e67ff2a868caa9a028a179c75c5ee52a5bdfcccd906fc8f907274ea58fe5ca89bef05c459a0d6b54dd9e746522aa20244799a209577d702654455299b9be611dc8b7db9b6453bf9708a16a1c55063e6e5400b54561b8aa25b3bbb7e321f98527cedb4594dea9b84a38aa3e1e2c82446d7b41da126e4ec8a3c9be9fe0748c413bf693302a045b6b48c1831188e4bcc9825a6af3e01f9ddead39608b104eeb90c4f2cacbd7dcdfadcd951f2f34cab9b2259b036f9ab5887defeae17524b1357e844d26482aef1b85b756d38eeba05229ba7'::BYTEA, NULL, NULL, NULL, 0, 1795629940617);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940616, 'console', 2, 1, 2066318110791372291, 1795629940635, '\x013195a28ff3eefa1a5c933c5928dd78328e39aabf4f14653a972c038f2dd9512df5b72f256f5969cd2a2ae13ed0b100baadee64346b599481781dacbca407ab64ea2dc353d9f36df6deea231883cab06ee95346bd643f2cd51c2499e1e7ddbffcfad2e3c1449406810928fac6d04f27eeb1f9ab6ffbf5a9c648389241e363be905832c0f4c4fae53cc08259d2321fdc8befdfc2d3d70195106c447c3e5f0e0fae3e0b74d89e4c5dfdf41fd438d22304a9cab7ea7f625294a432f12224a467cec9202b59e984ce15934a9545f08b4cd4f8c93dd8af1a426cb7565d56990a5574f51bff877ab810485156f2b5d4e411349d4f8bcf1e19ee44bbc8db67d569d40544bff4ae28cb174158df9606df1ab776ae1a86a891daaef7a67ce4'::BYTEA, NULL, NULL, NULL, 0, 1795629940636);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795629940618, 'console', 0, 1, 2066318110791372291, 1795629940655, '\x01f97b56d2896c1d996f6621880eb86f39c563aff82eabc1e4c24621dd9d85d7ec44bf99d113bf1ca6d65f0c3a2b94463f1aa9d22438a2e1da8c369a9082274b69833e6ad3a6a124a7916cfc3842dfe33ea72127603570714545232681bdc31276cef50de7f24abc2b310e272e398042bf5870715f47fcf43b7e35aefe8c0c99c50df9aa3dfeb120f156d3d17f0310781353606b02ebc086368b0aca0418423c99f51d01a53aef938778e850d3d5dbf132ef7c761e22a835c53f9f738b79ad94f8f6eb75ebb7130097eca8bdf2706ddd26fb6121ceff613c21dd1c1605883b1d709384cf08f0000da39ad68904abc76ac0d96f36bed7be13c4785843139d09348183debbd02a41cad0d215432e03015416e11e81bb6312c4ad7105984db921d92d8bec6cfadc6f09ec1ba00d8904a13a0f4cb846f80997be3ac0e5ef047610a58419d6ed4423bbc48075bf7c7bafdd04c33a6a988d8217be019fed04f9a0a249eedf12c16df0281e5d48419f216617317c691f0fdd701328a3017fca959ea043e537b831cfe01d049b2b002b05593aa562efc258604015653275b9ba96da7712f41349ed0a6db3f987'::BYTEA, NULL, NULL, NULL, 0, 1795629940656);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939688, 'console', 2, 1, 2392075101494331648, 1795629939687, '\x01a799d183e6b981688f31dc0b144827c5d74c24c15108676bfdcf62a839534e35f9b22d7d3a2c2b5d52b7c3853cece5d59acb35fa5c464de4efccd22d2085cd073f5fd86756dc34911cad2896e65f9d60e2fcbad0f0de9d449b63d4087bb014ca5fd4bdb362286dd31c00c6429a6843444c80abf0ba1e243497f0aa98e1e45fcd472c9a2dc0cfe16a3fd26480293c0d0c4c13e186ad4e1b875e7357eae154acfc1096c3018d063fb35e68d7b1bd210af23231cfd525ce10104867565da55f68f2254bc252a892e16125483eb8d10e412e2001ad76b810611deee357e3bc779d457bd5eb02eb24e0f920e3aabe6964708778a0c016e3303cf6c78e42a95ce6f8385f58e96437ff68980602d34691ef5ea60a8978ed6b97193082b190d74bf254ae8864ec969adfa63e18968c661a5d8d6caf0497f7da7455d13b02f2ebddc819dbdf3e083e1ed6d852ed63c154366e1738c68811189b95a683eeee4c5ec22721167b20d79aabb3673dae515171385b9b6e48c64fc539991e2b91426ab504f3482e71917920887dcfffe38c949f4f9b0f855e8a7abdfc5673a8143f65f790787f649ebc096f3259f1c597c2a5d4cad3fd8e9e7754aa55420cc02b59792ccd6b634e7f3904d671d636d1c102f81e0da72f6e235a504dd0ffd380c8607f3c5666949ee583bc2d253b753ce14a54806e119904ce29d7696f836345841e48b27bc06fe72b76152076c97ea6dcd8852edf9863c45457180c6a51e9aa669b47be8268e588a1aacc5eae10fe822002f0a403e57421ff228be4d2f5d16ad89fdf18ecf305f68c3218116dd3b2df9638c802133deb2cd018ab9a56384c1adeaf13d80a6f3e83a228602a1009c0c1088c65b75b3b8369fce48b4f0f43b5b097a220fed567bec439d11ac5f15d5fd827345dff5deed8e78b86d04b735103039d5353af211c587b8085b24636c8aa75befbffdca777b8c1230a037db50214bbc212ef0da1b43b73203051d64291855a3311761c87d95ddf453be23c69ea979a45228f204269ad7633181d324e22db374f9026640fa31737658eac528f4a29c2b6f0da5c0919df48fc4b2f14d12f1aeddf95e6ca4c5c7bab26d019e342f0912d0f714ef8c597605614e04c38e93ba3d9262368c6e8efad93608d96622850760dd35270b2567670de0c36995f3e7948e6d65b12031da3afb055bfd99cbcbf2035897b8ccd'::BYTEA, NULL, NULL, NULL, 0, 1795629939689);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939690, 'console', 2, 1, 2392075101494331648, 1795629939707, '\x0104a80e2bfaef2187c718cc637b88389c02a89f79760ef68ded80c7dc5138a317957f7a189fd2daa96719c83aca10750bd5cabebb1614b10c26b105760a60a393b1ac579151599e4d374c6da91dd8b39d875df44ccf14e9705a37fe69b0e1440287562daf4983211f82d660b11b3589ee9a7c9c852dc5216a23cfd0cee6d27b81eb43fe9015bf395f97f77971b3707435aa5a46a3e3479c77e5e0005803f371fdbd1582f6bf3a657e97de3d04b07e9d2c9ade106e515797411bc0a253b117f3f8fba020bda7ce5c938a0698747f503dfe781f7f1c7646524722238ee0727e5884a42553850e0daa1400e4e37a96c6887b5c8cc3871b3208a26cc5dd24befefc2488eabf8171d147ca90ac9e5ccaa1c9a7a40fd4473c8385cc66168d0b5285b1e93f43a12849b4e0b7d863fe997e7ee543e930c04c0a72427aed859c97c86e79a170828048a07b5edb23ddafd9f366f736733931b594bd8d441907a7b1ab9cf87f57d6462a4aa9bda97d4feabfa8d281941a4ec3964c13ec452c0443b49bb4d66cfb7929a9fed95fe4fa00a51e47af60138adc107f9e391961ad0ee8fc1076c6d60e1954a4bf30879bb1da1e003d17223cd990e29ad7e9cc989e1da7ceb30f3c32c62470994c73bf5067b446bdfe8c914acad859446af8cf4a84ebc1477d535d01cc499635551ecd3713537186e8800b6ad02935e3543b5d2ffd61636f3905bb4cea62ab9fcb26e04fb8b5838e41b0ea4c4fb2f517352af02421a615c9b9ce2c4cd91fbe985dc150d4a1a4c813f9c86979e75f55220c81aacc030324dd8cd849cb7508dcc6ba92ce04afd2fecbf10569c934bd7cf831ff7748a6de1b46e6354b0d90952ecc913543d85ed345a912f64845f0265538c5abd2c2327e93cc923c5952e2bad478ee29858bf7c5a0ac1d40451f4e64605c6eec39ef1166da4f760c95b500942330012e8d662426e2a7ff9feb35b2b90665ed2d640dd53e186875fb5fe429633c9ad000afdf36995c68c62c55599ba9cb573e97ffdef82bc06ccd02f4be379edfcbd3c8c88d14a17d04b69d585a3ba90dea10273c9eaf01005881372634748f932d56aafa3d63e1e91d05d290692ef2b87f7b430d3587c38de71408fadf7659fc6e10d8806cd2705b0aacd79c8e08ec94d5c56a78fcdbea08c83dd6095d63d65f0ba36e0f5be1a487fe31c1b61857f7888a41236412abfcb9fd5401bcb86ecaf65fd4e43106d3cf7578ab468542a81cf25b26cc194d04948415e7fb798ea36bbda80cccdd2075ba7d6f40f2a2ac4b6cb1be15c1f901ba2cbdacfb590cf278d1a7a71950e76680dff476fefbff95280e107ef78b2652148effd4537065a0711a64ae9ed97613b73527f91c260c4fbe88a6fe2a38202c6c6e0a564129928456a72ba650a45dd057b4456e98d963d406271c7a8dc6794638ec20b3310082a8203038df4a9846afba52a978c110a2c21a3b2c258aa568ac7c4077126e39902c15f32928565da30eaed4e961dea4de05046a6bb676533cd989de42b0cba993be94b9d141f764555238b434cfa16e6b413ff8b91b61ba02f3de162e73f75b37e505f03a7bbea71169863143f823bfe648e0ba39bbe083decf2f0cbe1269a7176e6ca3180b29d715a2ef65f3f300d53f7a63e849c5496a5c3dec1f6051795bb14a1d4f7b1b6be5dee5ae67d6101189415e30e6e9f52784450b061d97c50e8fb02985178f6a3cd3d5a87445b90c960555a0b12e6b8582583bc05bb7748ce6ca15052389064758a41419334ed4fd305dd99f61ac8230b180143939b60c817fa36d038dd789c1d2b373738824c1808e29283f5e7acc05d9f7fe2a7c09e2d426afa0b1215d12caba8271030f1d88d332ae82084da738fdab3cb324c28611fb7732f6cc7268ba1918ff2cef30e5da24fe4fe218d9b96fded77c335d342f6fd105b6fd75a740e02679cfada45a36a457b7d4dd79c9180cb7d408e11625cec3e34340b9c506e5dbdb294e18f148c3ba1fe76170b975e1d989ac020c840656ea3f17b5e18d0ba41b67f150b19ba6d172b6466e4e27b9214d99b65c01319692e489360ded51ac18e65cd20b1aef66e87bf37b98b844c76bd68f0f80aaec6914b5d55ea6bc2056a2b4bf6dfcd0835092b79856ef9bf97a5da41fa757738f8c9e5aaedeae577d39a72b60b9fc5398dc8eb04e8bde79e2be053ee04dc5b5e42d3e076bac8a8a695e41702cfe236bf89822fa30bf46d91bf1caf03c2ddc9e3aa25b5253593ab4838dfd1ec887bea2ee7b3223cbc64142459e412036e1e73126c303fc7e91a584828378632fa3991c70877c2ba906089380f06d3fc51c2acc69c363bd4cb9f00d54bbaa2f72e8467d5a17af5c62dcf40479786a46e83679ce7c4f37e91705fc250b71c0dbe0d0a89aa16819edd74f9bf3470d564abf96602e7f95e5f21bab72e58426272ea477b955cf2819ccfabcda93626c8dfb63a4138e6f3a9aff85654029ca741dffcba2fda06701f6762626017f5f96029c9206dcf26d229a4405a8fa3996b8ebcf4ef9fbb1caccd1471d600747914da60468fa4f27acf103e7bfbf6cd2c00b722364bdebc203cc9ed8a300ee397dd51b79bffe3e33bf6f8ec2f348cbcf0ae52da3b7fab9a166784e374540b29cc627191516ec4ce275b53f7b30616333e38139f1038f50a77f4e615561862624994a29711931e761f331368bbf48ee239c04af3c2c0e4e5e5e1f4d1b29ffe9f3f676ce204d616e3cf906fface30c9603cb694f78b4f99df5e3f6c62e3ed78c80a5c317d51d18a7f52176dab5331a8409829686fa806b055726c20abc8a47499e7b95d3df374d151a5d5f74eca8846ed34b1ef502f249'::BYTEA, NULL, NULL, NULL, 0, 1795629939712);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795629939692, 'console', 2, 1, 2392075101494331648, 1795629939732, '\x018961a834fb118d528bba2973e3570d9a9995b7100c0dd6a5149c0ac39862b98610b019829ed0448d2ffa3b0a901ad70837ef25e6ed7fe1e7af01f93ceb707b298efaaef245b43ef228c595a1ee984531874421e9a4fff7737508cfb23d25757cb159dcbbbdd234e4f77b6157cb61a6a6e73b1db8f96674462f0a195b981ff00f9d115149194db891730f73da8464bbe6e5c7317c72359ed9ca9173e1d218f95354492195e0c435597704a1ce8ab1c3c99c4fe1ab7ca050bba3c02daedfec3a5fca03a1c54a498948f324d64e95a7ab4b0be9ba7cb0b5ada193c0cc38c14a8edbfa9dd5d01f300dc03f8f765b8e17d5552ec21616916f9a4230898a02b7c9a0ded8535ab65d6fe53b8305d2d381efd489d99b6b0d8935ca8eb80448ad02b3714f04d2cdac7ac2b87b5da146c1c7b86bee30e2ef7f604440632de0ca67b5e50c4ada62db79800fea176279a1227a0ba7aecdfb0869cf648871ec8c1dc013c514051901f21eb9340392bd7fef95b66b121c36b2d442de97a7ae363652f193067edb5e8dcdc85197178ae1a7b3a153e49a636f9f3e05649ba49c858ee6d7fa808aa59ed372ee40dc17e8878da37cd8bb1427acc517a5f4110d69a5d3f790240fbe27f4fbf456422a2624d343f3fa3d534af7261c971ec9f57fd94a0375807371f81519be31af07fe680b22b240951461490b20b97e01a52e5870047ca208e1702c106ad9a5c9'::BYTEA, NULL, NULL, NULL, 0, 1795629939733);
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
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote") VALUES ('8MJAKZSiiQmlJnV-', 1795629939707, 'seriktes', 'ru', '\x0168c4790f82ee95d0f5fccbacdcb9be56809f834d5b8bfb4e9120b247c318eebcbd73186159f372881e74cc1e189b3d090e74bc588d03e8a7286545e923c443c7ba'::BYTEA, 'answer', '7
2
5', NULL);
CREATE TABLE whatsapp_contents (
	digest BYTEA NOT NULL, 
	sid VARCHAR(40) NOT NULL, 
	CONSTRAINT whatsapp_contents_pkey PRIMARY KEY (digest)
);
COMMENT ON COLUMN whatsapp_contents.digest IS 'SHA-256 of the content''s JSON';
