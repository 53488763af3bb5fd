CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0004');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x0f2d398dfe0437a42319ae319f06d8d2'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544367, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x2beb1fdfcef30f46818380fd71431693'::BYTEA, NULL, 1795634548565, 'imported', 'january-surprise purchases: 2 added, 0 removed');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x3e1f15148bbb649d21dbe096b4ece5f2'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546875, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x3eb8fb503101f5d34236f764c9969301'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546786, 'language', 'kk');
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
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x01b86818b2d45ab923580b7cb8bb3aed23ed8071f0d001ea260e22b5f819297ac7c394d61df1d3c80c2880e694faf28a4e0c753daa63f4b56a8916c40aff7e0f8238a52223967225180ba7cc5c305e1b74292d88d83f72214e92df1a6a5d38258c75f5da8be09b04c7cc6e0398fb2525fad64e42a48319aa8711c5506d4c13578c817dfbf01206256db856859f970a1ece81920eee8b2a0b522e631ce1a4c7a5623fc8a5c9a2a4d4828f3918e136882e106b719cb00275795ecbdcaeda0c451bf1a1945c1b208a5c77a2f3e06fe9d629242863c268738efb48bd197cbceceeda54bfce4fe2e15956e391cb093df283d4e7cb955d40d97a0d5d67cabc4e4f43a03ffb00eef063aacf887df9abe164937d9310876d03c722c9b2b73056c123721430ddaa3eb97c78d2b4e663a8c15242ad44ad6ffb38b0412caf1c70b5c38181648fec8a68cd0b6723a0c18d93ee4b775b15c9df35ac643fea09926479fad7e5d8580125976e7ff698aa34cb19ecdd22052a8087aace7cbf9add46a5a0b39fcb3ddbc6b370c6dd82928bc2ff77918395dbedec316a1a9152848d97d8a11244e8292faa5e45f3db9b7364ca4e8e29fef2eee4406c8e26fe4a61d136e7c531fcd0d5269e731be29a75d7a5b2ae1f354e0c8baef537f3bda3c9ba64c957d83abcbb71a077a25b1dfd559f785c48729d3e0a03a45ae66ed17d4adeeb27418e26359587981a6f34b89cdf65ef55f0548dc884366d6cdcf1e893827505014cbb9b175510b9221f09bfd302396b21cfc438265cd0a18b1e'::BYTEA, 'console', 1795634546791, 1795634546875, NULL, 1795634546875, 1795634546876);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x019cc577cc85f98067f5933be799bc48cbdb4eea0cccac8bfdf4a74387cbb199c686d80a8ae84227b0f8747712da6f2dd9f619b37efc22a8da6e48ef75f77b0f8fcb071afdd7bde485b84a7f4fb007c1707c94fdb4ba5d861e3d729e725d0d8ca083981861ca310e1725080c86f0120560f284f05dff20d1149b6a2a57c5c3013eedb79869f01e82633330a0a54aab8806b435ca54a2593e8c663a91d933af9586150ef7b5d7c12f6ca33f17bd00e18de932c5c4694241fb4d402c717dea2515e9764fd28c59501f11bc706985e5f1a97edc6116aec28d26af74d696eb3dffa9aed06e3eafbd4c825660fa7152ba12b945935894af4baf1782ab6e2b2b9a0379ada11b38338b23ac12632250099732c7421d73a448e7e212f17e089f06a0ed2f7a3871bfab6751e871d1b0e46e62f9c5afa961fe50103e5b48186a5964d7e285900e393ab603aba95e07e19d32eacae6d3c8cfe2fb29c3688530ea6300dbf243adcbec23fcd6e42cf50a0b1f95a428ecb5bfab90c123c16ccc2ea14b27a10ac30dff8c7e913c1f5ba817b9478c8d29ced1a0a169259fa6de37e4510ac35c88ca898825758b11bbc9fb944b5ad8a5559a89faf58970fd8b325872e8e91c5730b38f76a75fc1d91b1f7e37300ca7f0ca01565f17b03f2641c5c88b99a618ac6471a84772b06474171db4bc06268be92e469caa21c6f126308a508dda0aaa5722e59ff0640104d14a9806112dc123906a2c80ab8f1d4dd00040693d447cac7726910934266e4fa9791f10cfa04214cf27654bbe79eb32e86f92f3c0a5be5ed3de0c8644ebd41a8e5403782e051d8865a8b3e35fd68299a1703dd00828cae891c83cc5e4d646e7832e1be87adb590bb4f25906b736d58aaa951d8efbf32fe8152dfdfe2cb321cb645f26d8740525ea7e043a1c2fedf39a18ed6585e881c764f456bed6897a04ba809560561578405da9ab5460818ca52963cec0dada4b78d15947d86b848b49f45123cde9b37d8e9a7832b2996f4c5265f4e58d3572ca948b40e24755afd738991d8bedaeb0edd368088bb0f92f8bae8baf467654aea4eaa04b52551ee879310fb2403097bc2e9cac5bd5c6cf21318c20df0be0d34cc19bcd68d2473751b748081d0e7ede32bd4019770677b84ff082d2df23b4614f0651b6905f206e4b59b62c6c531cc4c64a6736c8f17d466a92cab4345f03b554d6538ed4d2ead9c61edaab973e52379c6a6b811deaa22787066cd4186e22905d7b30468328bee8a28688eff12a1d1fdbc891b46b8d12ba6a4f9de3ccbf'::BYTEA, 'console', 1795634544372, NULL, NULL, 1795634544443, 1795634544446);
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
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x09849f5bd55a425ba3f6177c3dd56f8f'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546790, 0, 1, 1795634546875, '\x012146abed4c05b513fa142fc6a1dd2292d989f0e8292837415bcbf0119485958b7572e7676e2e6ca331fded86faab58456622dd74c954ceaa4a6ecc209071ed8ccaed9d5f6ed78bdd17dfc0201efa0e236d75e3c29db575278545fbd831fba237b6a5008a96673cd58153f4336d1308f83dee511351ddaa100250b12b1916c747b5bb076f0346df6a0a26699a5241051f1dda597045d8b2a28892b34c0ccd75faf1f02bda886cc1e1d5bbcb9e5d820b92cbffe954e7d3d7a6c97c5f28a3b2f6aa84bbdafb88b230a50bc395fce36069165b01669dce87240e8f537b7fe48add4501fc1efdf742b53bd9108c8b152207d9120b557c9e0c9325ca91b9cd370bfdffed4a1de478aef2ab62ac3173312d2e2768cf4bdfa078dea4'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\x2d977479f1786a217fa5e67f4b743e62'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544371, 0, 1, 1795634544443, '\x0145315fca8c21d8f223617b9441a6ba0828ac7917ad6a50b161cd3f2eceefed94a2a618840677c2d3536f2f62c4353f314964dc7c568511fed242c58e2e312cb661a9fa13712e7cfa033e673fc1265f95a482900111da26c1e8b35f1fea03442101dd528e457d0d960e0e6c1bdf92d04f5830b7e1299d8c0019e73c0b4e3b2a6553efb9029516101e018b09527b33903bc2b3504a9db2fb5b70dc109c9739c4277c0ae98c1982e144e19bab7327d15a7b653d81ca31048096582277addd78c3072d8ce2ebea80ae2f047fd5f0431221772b9e131ee9846d39ddb218070f2444a4e08d0ce3b86cbf48277c1ac51fa784aa158cba6144679220069292ef0759d869b85689349c3b5822c0a3c6aab8'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xd9a770a1c230da9b563fc8c379211854'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546786, 0, 1, 1795634546786, '\x01ab6477c090d9cc1cc3df38dba92a0ff603e4e8088a1d00338f2c0d96acc05df62ac795f03041a2e793be5dc52c41f578450601f5b01ff60df0d2f381c041482179d9d8a2361f570551a23bc5e79457548774b724f4f0bed4b5a622e782b951c5559053b758cc1cd59ee362bd6819dfb2d17e94b9878e60e641b2c5435d2a399bccac2ad0f1fcb4a7dd61a515edbd40d37a552787689aa665ae73c232ef005ba4b7a6172dc6b64ef4a7ce68234ca440970d6fcce262744e31cd9e1c60b350a8b632178c430a7a4f1ef420e1db5ce52c2be5c8a85b7ee5f66d919930c04aaa46a50e8450e266f257182e4d5586d3f1227605dc40830b36f7d4485965cfbdbb227548cc7798eca8'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xddbe0305fd448c1c52d87b257a35caa6'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544369, 0, 1, 1795634544396, '\x01e48fc8c2b02a39c6a753258b50ce1ae45b9f346b997d17d3ebd7592d981599ba1981f4d355cbf2f63b874781ed6d806be505c765545dbc779886d178e08b34e85341fb83af4c1bde2475ecf11d7ba01079ee1ccc2fcd603d59390884490e5b4c81fe883c2b7d67d6bee3719415cf4c9c51529ae3de86024d6d6d28f6b55b373813ea435cffa0a4e0b3229a86085be27ccdb1633f592856e3cc82a58e80db787e82de583ef6d8899b1850ecb7a6b557471993c885a8e152c80eb49fb5e3b08afe9953dea62b338143b049ef5e71f7e8ff467ec34e3e6fe18e6b8a3592589b5a42b2ba477e1e1ba1b82b723b57c87abfd04ee3be74adaf061af5a7ff3120a931f271414d8edc02a526247ab8780e810aa6a551d8cf28e4903d7d0ebf820d30a34604326157919324e358bc'::BYTEA, NULL);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xe3eee2b7abaea3c833ae518580a86a11'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544367, 2, 3, 1795634544367, '\x019435b7f4ab2cbeedc526009229ac5f625db77183dae68eaa3c1c45dfe113c56497bf75e8eb6050f02959c2cf77d59b1c38f7f26b77107509c05ae7bd86e2ba6736f78a55d755a49d1ad4d7923831292a83fa48f766857ee987dcce1ddfe2c2279911e25467ede8324efc7af435fe410900a03c99a7ad4e7e7ea4a07c5c74b1c41997310f4c4a3861ead43ebe9a314b079652c40079b8ff7cde832841084382c633a54ea61944f614a8338ab3ec59f92c3c742a6dd65887150065f1adabd09e6ad9e4b1650aea82f503ca8f4595735dbbc46bf02e4b9773e6893dcc97d8b85788af77409d0286fea8751b76f2b2d8aaee0a3642ff0922b42f566260ccf792917437c9fc89339dffe7'::BYTEA, 'ValueError at dialogs/rules.py:1');
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error") VALUES ('\xf162e75bb8e32dcc74031701226acdc4'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546788, 0, 1, 1795634546836, '\x01653974260bb8f75c6a2e64d5a3d8b5198e08f826ff395e877e1abcbc6db6b660b74be76ece894b2216f2baa0590a1532aaa46c51816eece69a0db5c1b2570df2b240b727bb97533944ba20c8f49d2c63b23c61151aa90424cf9b90e0915a1b32bb3f4449038c09375a6b61c2c7f68df906217269d6ac7d2a9a653cedc4d6ae1be8bc70429769f2f7fda49a908fd6c18e5dfcd27fc583c75eedb531704c17b99715e0e185ba23900e5f817204f22905d3dfa299b501c1fb9835ae45a787e1d8322cbf2dd6554dfdf4e8f77a2aa69609052de39284a4e49b5b272e276d7809c58993504ac49b5697a768efa40a001231da6ccfcbacb4277f56e118811cc687d410f830713732848fababf9156b4dc8aeeb85e466eb71121bc3a2aa2196086ab85a9f7b7015be98d65a7f'::BYTEA, NULL);
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
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at") VALUES ('\x2beb1fdfcef30f46818380fd71431693'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1795634548565);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x2beb1fdfcef30f46818380fd71431693'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1795634548565, '\x0162dd130999e2c21525b723467ad1a6f8c1d1cc226115634c64f6aba07c30430c66eaa075f0cbd335ff8fac40ceb922b9d4aba6d6c58fe11741a60da0a5139e897b9bef85152d56f217c532f7c0774d84bbcd52771732739cb510b03ff161f5c609743af6617ed6d6d634d42188915e27401b7c073515eca04d0b15bfb3bfc53bfa3392aace86f31c6a95d3cc3ccf4468bc6624b21bb3a40ef9de47'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x2beb1fdfcef30f46818380fd71431693'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1795634548565, '\x011ab6819dc257ecd8d56516b0043e269fd361a49890b8f6926afa9db52c6171148ead36df2b3b90c3d8120a601fb77f39303abfadf1d4ec93d9fc06a3634f1c78cc37031752cdd021b019759d7c7afda3b880bbb5c6184126f83e5804b4d71d76fd0453dd8c44a3c308f7983f2725e1d04bc1036aa8287f6e81d557660805dda62dea2477ed5aca35efc527cfeba937df8e542b2b33f594626e30e6'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x01bb9516614cc70dcfe89d09df6096d662e3d039514f1dc48f70349fce84516c10f8bc07a168168289e84666bf6b'::BYTEA);
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
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546787, 'console', 2, 1, 1410281388992741479, 1795634546786, '\x01a57b0749f54152ba600509c18448f46b8a57f84f5c148627d825f919efb097ba5525acc2bd0c4244ca75b6918844d9d9451a68b11399c3b390d93adb5e7e6524e1d0f676a44b6430358984a38fb841c1290aea47092b26683e621bade95532c1f60bf92f91fb350792a94607fe3bd6d8ae00b54dcee5e78b9addf101a4b8f41f9b6bd449e4a29d7e47c107fc81e342c75d04d9860c1191da0ad3e4efe54ba2f6a45a0e833008adbe07d6e0a7575eccaea72287be9e03a6de584f8bdec194f6ee6d8e0cb1640950dc070721ce089553f625d268087167d3c7c04210c40ae898f0b0179d70d3b1329dffc4d0caadcb74b8fa06d837b2ef07c19c2dfac5a5ddcfd5a7f8c6b4f1f24b3132897068142f95c9cbf37346e644d479cb38eec7a269395d4c0fc8a9b65d96d046d7e176526c7af73e5c8e999ad0b4c80921d3bf56cd44e90a3e8ddaad148751d39994254f164c61390f169880e089ccaa4659b94d43331775758565fc22d8459f8042a6341b2364f2c4294fba406059443fbe2c1e41171bb11202d8c02d904c68a552e15be119644e5315741fe330443924497bdfc691800d4d3707f4ae37fe38b087d36ff8109dda83fe4fa918412d35a346df8bf2f96cec0bb9f39340a4479ecb1d93b4d47585be80db45c22468205f8b0baf3004fb35c3b9b7f9d362315f5fc5cac2cd6b43b97e732c82c6cbfbffa2cbc2a501b69e31964784c811e2979cfddb57568b8da7563041b08c2b4acb82f55a6426eb0b3c2b0cb2c436285a7fa9ed7730b0c13164b6c0d8efa04cc9ea4b373faba0d91b66754151d61b3fadabe43d3031759ad53778a27996db0b96facc654a500f175ff151dc688806ce88068a8aa98d61275c10dcc4003ce994e9a2fd70da9c31340357bd1ffcd6dc513732d992016a7eee7f243c199e0b936831c1e9fd79ea9ecf059c10dddbde63f57445c90821a7d280eb5f2ad03189312f5678a60af6a96abaf25498206055230beeebbc16e2767a09ad9b93ff79272c26f7ca3710d9dc35836a053bb7b43189b55e4cca736fe50aa25186ca55dc101b60ff8cc6265cf7283cdf7fcbf53ffecbc8eb4afeb65a4941550a4814f4936dd102951bcd9c16f3bb22e4ef1e01d743181df711ed5efc571f536f3c80d55f8f4cebf4ef6f03b398f9625deda65738c0cba0d7e7279012a11ba1bd78fde942faef90bd4f0dedb1e97d7acf2ffcd26af8e546f1a9ab0cd816c71925ed7e92681e75eadaa2'::BYTEA, NULL, NULL, NULL, 0, 1795634546795);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546789, 'console', 2, 1, 1410281388992741479, 1795634546836, '\x01e7219ce9b1170c753f97145bcd2ebc25e5abc98a61f2b6797edda243d2bcfdf0263b9a8d7824298895aab2e2b41a81d69cb3e95a56c10887e9140f2ccedc90b6a76e4d32b566fe7e7735d9de480012269f2a88e89d69827c09cd652980a5f13250a9ae47c0da60c7fb8d915257b2fe60d57dba2f7048e657c4d42e0c1e85434c7c2316749212bfc6cb46221cbb7a2359128628bcfde4723034bbb21231a7e5d3bf2e7d2014ce7c6603eec0ffbd804f731fd091f460a310325118b80b63e52f8691726a816ca0ece99db2bb8f1245df48f865dd31d715da0a79db3d829560507c6aad4d526fc4b6d21c5a1b37bd458b8f475077de33973adacad9f0a894360c7dff8dcedd5deac826f2940338bebe77a2c58413f4865784b7a051'::BYTEA, NULL, NULL, NULL, 0, 1795634546842);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1795634546791, 'console', 0, 1, 1410281388992741479, 1795634546875, '\x0128c50e425c20bf710460e3046e23ef7dd7f8261bc412d46a987e56f1fb680cf78acefdb82119f717adbb09a836aad938ecf8e5bff984c3457dff1c5ad6c7e073bc6eebd57f00f2da33b774e454b9ca74b4a051d47924600bcc3f53306a8a28bf1ce489bd56eb39823fd429c1869a3636186591603a6e1ee4afca991b3cb47eb2218371837b66ead63bcfcca165f8982229613cade1144d18ad6bd9848d67d35d26ce0a7d7764ebe5e934ccce180915c1477d3cfafc16b8ca74eb2e1597adbb0a0bcce87f4ab33e054854757a01b2d2a742e358e7bbf724325f88e4cac75ec11034a8ec00603bde3e1cd68712d4140699aef9a8f19d1cc13b88a02a4f5a7b03585d5706ced7b79e7ba44581b91bdfc9a40e741533d2bb95c28d40efaaa265094e4a440865b25dd03515166b088f0066883d2311a83397dab9b6876dd27ff1aa22e511860c40bbcf4ea9fba784fdd60df7f7939b4332d2c4e959737634ac815439d10ed93b9181b59a65051539ac05e9c8543016ee07bb82d9c20505a93a4fff79141a4e77321b5724281798a522ac6121f22550ad09b55d21ddea6008425935da0973ea957f0cfc52'::BYTEA, NULL, NULL, NULL, 0, 1795634546876);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544368, 'console', 2, 1, 492160745801049317, 1795634544367, '\x018ec8210cfea4df17a7f2132cd646c357d3a4e6065ed9d086f7998c1b47e4459e7c503c3110f7e522c452972de816377f3507429d203cba6feed9f61505b3aee34d01f7171e2f1e25d2ee6d10e613f7a799f9f7435cc4dd139462105e21d53cc6934d74096fdc4a7a06f26ac3869ba1d7d838ce331d684788cca4cb428900eacb6c571498af8145b6c3d77012baf114de2b5d50f5705fcf87a7d751009bb9480d9fffc950dd965c4146658df2aad7cf096f0d7bfe011406831f6a05bee6cf0d553d66e8ca20fb5b092b7ff5d179a5b1f2c29f0884baa00924e824a30dc1209738776978ebac5ec4da7a7f66bbcfcdfd85d411c0ce825ec46cb5af4f2241c6986389b17c098ad422f0eed30da5982b53a4daa4e3b0dba59d2161acf09859cdcc767b0978dd0bab2af1be29338111dda2bcac7d3c9d558058fd34e84252a5fc8d6a30d11381917f67652f03b737674ce8a1d4ccf2659f74a7a1ff854e7f0e12aa9e8a34590e0637e894fbf3e09839cdeee0c37b49b0ada846b3668ec2a82414e8a6bec468acf97b546db8c0aebbccb5226dc4e78cec1bdc009a8da98c3157f26d926c33298f74c758e920345f9c9bb42ba48b6c169283aa1469a0bd29643fcde24d88bea8b544780898198786efa497a82da81a1588e23fd5bea98d082c3030872101b255ac6581004d1acd9f84cd1cad2181b7fd2797fc0d9f53286b0eb7c243275ba58882e2bbf1d3fdab19fb6923a69dc19a95164755d07f80c6179ab8ebb2dddbab11882c3b6533a255be6179c5611ac006a9aad71b782bfa4d955c4d1685f9c67f14c67e88aaddbc5d9e977fa80a00e45882fcb95bb02fa5e6f0ebd8a2547a03d77b47fd2bfa45222ff182357c11fee6774f21fafe420197f5ff563026aefa685f669d2a4da7962115f7f54b6a86f0a642bf8580acd4401d2de3bfa453c2ba20a5a1d9f1a1dcbf296b6e28ce3327834bd71c3c4e12ebd3e2c7310dc369563eb3408d8a5556531c8ae4831ef245fa2ac0c81b0fdc8726001ad0d40c902a4bc2b623cc6820eff4edf456b629a53fc35eba397ea001d59954007b96ab6d91f9525f9f2fd8c3b901a8489e93ed55f8b5897b5fa02cf346a46cd5249be10059b5121c8cfe5fc70291592e7163c9d79af91a606af65fa0e2a65bc16cfa2459ed6b2ab991b04d7aced8a753be3ddc104d5f72f929df5c7dbca72dd9aee990'::BYTEA, NULL, NULL, NULL, 0, 1795634544368);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544370, 'console', 2, 1, 492160745801049317, 1795634544396, '\x015484259ee5a2a8e051264d84999a9a80f8cee130703c23d7867f3396cdb4c98a325705b950525f4344541d22398ce84ff8d30d73bfcf5e447038d2714c00243e42f078609ff4023eafbd1622adb4418cb1b491918eb9ceeafcf418a9a188c4b53855d9f899f04954810ce42ea41c69025b381aa4f03c411f5867f5c7ff39bbdb9b76de67d3aa37a59ed5696bfb6977995990f4e3f2a3f635aa9fb9acb4677dc726b15bf121d5577a06c577f8256122f443c9b1443040632dd5c2daf09d6268301551d761389c22c888bdfd08effad77240cba105032a683574c9576d37743656b348c7aa3d90dae71f8f29fb9404b71cf2f21b0d273306c0bb448047780852a0e5b3d6fecd8ac0ddc95c299909986bf033f8529cd9e20909e3251a160bd2d8f66300485b5161f2d04a0aebcb40983048db34145556eeda13ff0372a8cf87a5d3fadc1853f4c99cd1b19472f44b121b8c81d2aee5cc89735bfbabd4c2823005e7b82d75e19154800fdef44aeaeead24fed7bb8e2802d68695b550e3b0aebee8baccd5d19a2aa693bca1f3b5fddaa81c5de0cb5c081f952be1ad51f6e6be5b81b0c42006e061d4ccee29eec98563e5a517f7bad0fbafb3067fc4e2c96838f39356e08e5dc7a4f9c911134e848100801267b98b8dd94b8f9418ad1d2d13f0ab9bdcb5ae1b2fe4b35cef344f8aa7360d135531948dfca105f0dca9e6d5938589e5f3a12ce33b2c026f731e83c85c26c3c2f8488986d0da21b014700e4a8c77adb681732a2d822b888000ab0fcbd483b38894e0276f07992ad23de026a2d5b73bbf8867f664ed5f2a1437bdd58bd0a18917457f257bd019a37c8235d2e7730890dca0fc6b5d4840190f0d62a55e18425f8620c6aea81747d70da71b1d5993ada64ee660668e8059b44ea1fe1d421a2ad18376df2d6201c3cc66263d335380cf284fd799314239f31a9570ffc6e603aea38dfce610ada46ee17d0ecdfde7675722cdc33c9cd0b4bbe5b595e481df121e4dc06b8b6feb5200eece3a460d4eec4f8f888ad3a34342e655e4b4628fe83c183421d12ccabb52dd3b429992b0476acb6af5198cb8265356f6b3b488929062b995ccd7437df7f964a42085ff08ac48ed88b3f837a54e0b7a613b8116caa328eb69a4a0c98861b9c0ddac70df18492d4783681c8407ce0a8b312fc17b19ee484a78ef7a4ffbea3f671fba68cb11cead3c4703ba73f860798c4e284b41573c26c838f8d14a2f88fec15560df8ddd3ab1b3f772ad4795f536466edc06c33bd6de4ccfb746d057dffc17c6f597070c2a8dfc3a2e17d2440494412ba28f449386b7bbaaf4497147eee2d742a3f27b330babfeec1b9956393455378e54d860ded5606adbdae579309b24d5f4a717056eb72365687eb8b10ef365cde67b3a11b43965c63c00cdd7204a32e37a4b294111f07f7c5af6d09b844e4e223172ae83cbf8af2487f4ce2c39fc7220e819f248d74649581edac8bb634f8f4c665c7a007e6f1342be5a9497df5d4c3139be0ab0cd2b61f9b9d133b0561021e67e138e18bca2cfd23b057f6ea475d1a5188f63a15be15133aaab346ec72398b63e861ec140610fb302b2debd5f078d3b314529ce4305d0e166fe1c86e739a50a8928fb889667b9781e484c03c57b52e55d93d3876a6b824ec242431c432b4f94549698c68a97e60de9b988ecb8b2a21937ee8965298543eab9dde34db394c6ccb4f02a44e0ffb152228a99e6e3b8a44f7f2ffc6c73a1b970452b41ffac3f3f68509850dc3e24da32774f0244fe7c7851fd6493a7e19c63931de685aa0b0f72bb0eabcecb40895f45107af5e5af507868353120e2daf3b29faf039f51deafe74403425ee9d028264b3cac3504d8b0ff4e5403ce0ee00cc16747fbd506dd66310614e9fbafd1f554452c2a91e99592dd377c9dae226b09dc26445378d4c7d229228d24c4cd901ed9c24b4d591d866344bc686c50757e8d4486aa814d2c3c0bd3dbcbd1c79af8ea8a7a04dbe9e1fa6bbcf3f947a4fc800968e4bc5d8e26f2576475853714e83c8eaa07fd857363f32a5db424803ca1386f3390ebd3e80ab451e0f2a077bedbc810a6e283a4760bf9eac1960df912560cf697a07287fb433f5b066d9b20cac112af060b15524e109d98a63a62261db71913c0980c61dd946899881d317fa70f011898a32d3c6f307ebe1c7194fe5fa6630ade7a27d79b19157e977aac3da6f49557551dd58eaa8fd809ddced76b9e34306b1554f7967cdb392a7042d0b24dde6c05ab22581a0f7a60e45d18478d1e77fb36149bb505568438507e493512f9b9e4bdd06202f66268b07484fbc9f68030a36d5d75a7e97197f824c9a0742fdca446640634a3000656fac2f848eefe063805cb4e22607332d36de9998f53353403c16bcb40458b4a7f8a6022b6bbb06edc4db77329e88bc5475f901de82d8116c22d644254bd9f188af2018d0d835f3f04ba048e5b62057e9783d4245fef6347b7f1e132d3b7b05c4daaa57f8155dc1d0fb358a1b0254b484450cebc8168c09f1329bd988a77d6fcf913203d17a921c459dfc99f4996dc355a18d1aef2d489712f437d110173ba9355a4bedf422bb790bdf9b3a32fc30669077f71b52b1b313874b5114920f5df626f168f85fef4b069d5f0b190878dfce25d72cb7b4c09a0b2b054eff1e4c8e1c01164f7b4e74c730a9cdbe738b06727318db7e112ef8f9d1ed8c4465ece8a74c30cc92a53a9ead43cb2f15d03502cce1efc83c7e2a852f85664c9cb330054b5d26071924b30e94bb1ec4a8207d92e26ef7955b8b8393313f74b41a84f61651f8928c9a28ece087ccdbc4ba0508bafc30e36c000dfe7'::BYTEA, NULL, NULL, NULL, 0, 1795634544407);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1795634544372, 'console', 2, 1, 492160745801049317, 1795634544443, '\x015a0dabb904f64ea08c2c6e44abdf9e61aaaac77fcdbf919d323a5cc73641a10e84381cb4367ff13cbc3a9d98261bb09bfe65c5294f3e0985bc19a2653aedfae148b2496051d730aff4ba30d26e9d66a93ad5f6acd7c3bbb1bad39e2e4c1130a67a355c377ab20acfc8c081aa7df6569c33d74c250f178b946e236bd18b33c293869afe3ce0bdc332114f6f69cf1678ec69796a62d45230120041c004e30baaac72b5b2b809d57d592392f6e70ff88306f256eb9e6ae894a433824f8989580bb3eecc5fb4a072af3b1e1f8547574f6c6fd5f99324e6f5ba093808950be6123f0a8cfb74fa7b76185287fefe694afbc86e6410c3d2c91e11faad1d34e8d4454cc8748ea53fb41683e91488282a658e453e409ee2e103d39d4d3ada6b78c1e7c1ff64a6eda31b54bae3bfbb1652776891994f1214e9997cf047c6df8dc5aa1ebb4ffc63a64720eb77541842ead0f7440a4692efca18bafea9eff1d54210c6829deea80e8cd704908fa17e50b77bf68806fa5b2c6369d21f1a63395f32e6d1f21b062b0c7c72c042f1d0bf571d00dff479f1cb968c9acf172ec058f7623e74d5a3ad797bce04bf6c9e12cb2457b54baf35e953f16e39ccdb53100ec91d0bcbb9927d20f3729ce40659d8df40abb69dc9a9010e2b8c854d3450221e7f25cc9b3063348979889187c79f8816fa6a22c525a5da486b1eb62056ad6805b3436a76fa5055245d9511'::BYTEA, NULL, NULL, NULL, 0, 1795634544446);
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
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote") VALUES ('QcMm5qk6KiIk0XkV', 1795634544396, 'seriktes', 'ru', '\x01dd3e6fe89482635ddd82421f31db1a4741d8ba834689a7c18f8c002c12551b7834114019329ac5d9a1661519707484663d26daed5148bad89519a5abc72aba01cc'::BYTEA, 'answer', '7
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
