CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0006');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x3020909e6103a9e67457dbb43dc89221'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460857, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x39167b6cf0d8e6397b6ccf2005e9a468'::BYTEA, NULL, 1796063462667, 'imported', 'january-surprise purchases: 2 added, 0 removed');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x6d18dcd8cd35387e7031d2c0353e6bba'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462369, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xdd47dabdd76945a54d58d27d8026aced'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462333, 'language', 'kk');
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
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x012ddaf33a06fbcea774d678ee3b0ea1f6c62f79fdc8ffc762cd69bb7ca891c28571b6b197b2ca91ed07a8708ff4ac39b39757db32470297a1e444b58767a9e341f3693bf5e8b71df030553fc67664dbcd0bb83619a782675dc86c5d903d6fd2e085d5da3c43b80f7e6a627eb2d1fee7aa826e7d99f7887f6044cc4cbb10ba0b240464213a26894a89f50fbfe25bd0df1e535aac5e415532426a51c9460464f68b804c9092aabdf2f8280e94108de8111b751706217dcf7b544e4817d89497c3c46afb1402eb3ad1dd9a819195d9383820b8b306163ba146f5d773275c2d6c0ce147a5f83a0e7dca7ca56409f6ee09abdd4c9d5c2c11c462f9b3ac658c09cf670dda7c31f4b10cfecf6992ef5375b25f64f4817df253dbe58e86d3db25125fdf8a2723c67cbc8efd5bf5f4f077d8d9bacc7efb1dbcc460c8f2fdae3e270bd035d8f158c6f14dced9f361b4d13e28b5590683c536d947f285a86380edb871554a747f535f14d6363b1b31b6ea242b300e031ac63e0e9014f0e7f11c7b1531091924968d4b2d9bfa1753408632a97242aff56091f5179630e187c06fe272a853bb573eb3b7daec2be727b2d17b42aa6cc3ec453e04f0ccfb6a4769bdea1e6a5b5200afcfd2960e277fb5c7b3e1eac7b2e87dedb5c2ed24446caa1168d806dc86bc89fc6f57cb783a4663d70224998f5dd1bec2db7b5ace18d54d7d009ee3edaec1f5e346acabcee63097bfd9b54b5c243da061d8c0148a2e0cc4fc261432131e7794dcaf42ed5773135f1e60c59aeef4269ac1ed'::BYTEA, 'console', 1796063462370, 1796063462369, NULL, 1796063462369, 1796063462385, NULL);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x01d0d2c2168ce3dd7bb3ad203922a080b91cbc7a5436d94b791bb70cbd115d6c862e7e4557c1f4b25f537c386f09d5b1d00e7600c3ed2ffb0a47e23425e75c5c5340c72bed8d4b38e75c2075f84604a15ff696341b592ece7165df2cf4bbd55990addbd42e658d69f2177ca911eac48bf1b5b11eafeff16139cc17e7930be62f4187ecdbae7e857d4f8e38a47877e7ec3fe0d06a3a51cfb47bb8c47bc5ee697f5c7bc3a6c75de93c093da1153cc215f0d7b570e73a9af7cd934938e45be7069179006bb2886970260e0e6ec03af827cf5ce22907ad56281b41978188009811a4170a083dac01863775987257dee858f5292ac49125a001a33f38239818839285d0e98fee04e7d82c6e80f26abee593f70e226c7a7a99ee763583ffc1d5ad9afb4ebe214e3c2137aa316bd604543a0938d7fe7dc544ba7c15802d58c5025b20b5eeff7aaa048adb9b0c6288a09568605870edaf4f4ad33967daef37d9b6146264291b9c8e9fc8e60d1ea4c01e5ddcdd46edc7fcb8627f2def9d8fe361960b614fe36d9c70e6dad3b32e6ceaddc0f4f796c315ea46b65e49e3effd206984ee4bc9511c7ad6f11977c0b64ca232e84210564126d82d14567640d3ed0a1be40d7d2a073c5e277a345f88a92ef4292a90d73c7eb891a17ce063d2ba606c628580c2e66aaef55c5de8baaf3c8a5305e36c2207470645d55db88e44b5819f652221c904320137ac04224b0d7fc2147561e62fe6122f041b701cb04a54626b74df59c92c0aca8efa0d5653a9781bd071113e1c08c6ba5de85df14f749d00c0f383ea1c8533d2e01a0c49f0d7d56d1642e8658d81f97655b8ee1d844268906c62741b5bc52a3e5a679737e96d9710f23176d75485d7cc0dc02392de2d95cdbdc87a744b423865b4fc054abd651bdb28e42a4491222fb7eec7d55b7f62232757e0af8dfc7ca04ac37ca0c62e2101e84566aedbf87d2f577e3005c02a25394629081ebad552a236d67c4f6674e9f9912b5030a3da5b96f5270d95cde8cff90697390b7ba0b2a3787805c50b60b04f3db1a3ebc0b1db312bd9ffce3970be47e21973ed4fb4706f19679e7ae4e50390d7ffb92f2b9ebcf0f74757221e8f3dc4abea109a455ce268bdb8304990c5eb38bbdc338212e8d71240f357d4241c836e4cd199368257be0455b3a66f97c9bb024b6633cb7e658738c9bfd69b45b6a1485a35c47e6835b2a17f458b5c4f971f6ffe199d81ca7f0ec36af01d8ce8db16fb5f90fcbd532a1141382967c347fdbd003468c89235c5e64b477d133eea1e'::BYTEA, 'console', 1796063460930, NULL, NULL, 1796063460929, 1796063460930, NULL);
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
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x16de33bc8e120c5fc1be0ca27932f53e'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462369, 0, 1, 1796063462369, '\x0175b0fa90142d04585e5d11f284c736cbfdbcdd7b201ebefa77eee0f3e1fba4563995cfecfec28b4690b6ed1834efe4bc968d67b9630a567139c53c4bfac9ec04ba8f9d4479c280d312b932d2b14625fed10fc200a6683ca5d580ce8ca8627931c2f62d7aa4452bd655b6506c140060b7248ef30af208c05310df903ac1e1220fada3b55f58f84a32ad1ef408a642344f37c09948f84dbbe5a8ae33c3687241f779de55bb2774a2fa2059cecb227d07237c7219e78e8daa182861e0a8ff5b0eedb5cb674d8fc5e176063a32e88d6f6fb6acc721563e2fca5a137aa96c12e42d00a56852375ab67fdf42d4320986ca31514c88c2498b604b5c63cf9fabbdcc09ecb7657af22d9660b2ac4c20c91cb1fc24d13308c699e48c66'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x31db04207b3cb1bbe42f11624f0d8cd1'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460877, 0, 1, 1796063460877, '\x01b17f22b51d9acda2c1f0ff1609e89fceb0860a0074f7c6ac1b9048803050fea52617775c89c17d56856df692401238b2e645a2eb9abf5080d76c1f797a320a5c9801fc8481cb1aa2c722a2f28bbbb6a43e0a1cf9ac8b6179ba7e4bd29acf8af7afb75257dd65ea74cf7816a03da63226255b0a943dd465a1b66ed5b2055d41f0a27d048d8aa64aebe4d68c07d1469ccd0040eb30f0cfd56ee10e9bcf590bbc1890404b6a7a12a4323612b17692b01d4e4e5c90926896481e7ecba66ec80daeff2c58f844f24e656f9175988dfc63db0929abe7f656a802336a382aeb3c6755d5a4d5dbed1ec6da461c55e342d8fe11c5fccc4b246c182b1c8846ee84ac93d71faa1af7d0d08a901c17f644c32113979fd8a3971f18753531511afd9cdf68de518b2af448fa2851284d24'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x5395060668cdd137158499b3725323a6'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462333, 0, 1, 1796063462333, '\x01ce3ed2eac256ad590b5adce126ed06fc3911dda872030405790fc93a9193a305eebe0bf27be5733a8f46f67fec2d1f1a2fbb2bad1d0846eb7705ca6c1982d5dccd7b1157e591d71efdfd22665fe86ef49f37d872cc1f756e2a724d5d2c8a5f328b409b6e8dc2ac7ad5dd4751cf90aa52eb1c8ccb248fed4a215715069a2cb1ddb1e6d2149e8ebf358008f48ad4db8378d29baf74ac60319e73e154349740658fe6a8a282a55f0818b7a6935e477b0623406af13c4625d58606e4616652f7f23a76ead737285962374a62e1d2dee682f086d315f6178f9318d7da96093e42aaebecd7028f4878de6286e2b1c3b0628045254ad260d574faf4a90ebb423b6fd5d6da9dddbed0e5'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xb6b3c6f3ab2d4f26b0c89f8d4601d9db'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460929, 0, 1, 1796063460929, '\x0138ad1dfc7297bca1150da29cf589d98094c65e272b9c213516b7ec32cd650f751e1aa47a21786dae4050d9d0a92152330afc1767f16689b228e4147d1767c86230fd6f4a38decaee2e85d5413a53bd3d1c09a6dbcc70df87a13b36cb2b59c66e50be39b9ea10b2b448de3d9f58d0c2dcc1bd9e829e0692b9594f1b61182691b58ee0fe5a298e480de771e08a9cb33420e6bee600d51bd0353f070f45dfbb21ec46906369d918cae413bc8d943ca125a6d16b0781317c4f6b6bcd28678bebf4f909921af446e0c0d4b0bfb64e2a8a4e9fe8034bed600b92a669b08b9089c54e0e1858ce24b1989de01e157a49f9dde19fa700372223e3ef03eb11ba25282c7d0439058c3b21af705252ce378c82'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xc5b52417db722cbb49e5955864abd6c5'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460857, 2, 3, 1796063460857, '\x01269371d85ed283b342ea0fcf16aa4b7dafeb671940f6eca6f56d204c3ea465e274c9862507e458b05476d4152d64e2c709fb8d990dc12cbcd5406ed5025a62ebc104bc353d30035aa81646bc395006e50adf30130e2f4a132a2d6e58d2fb4cdd70e2ed7b0833a405d822cdb940d11b4bd03b29ca03003b232df53067e5499e48732eadb812a4d40fa9a64539f8c95ed399a57957c7befc05966c713fa7566d94758c706bc3e4b8063b99cd775d507d5517026831f879ba61f7787df82c1b3bbaf5db18d401bc711fe623bfc3bca1983959d9b55d7694110ff270b67538982e69022478424029c09bba2f9d7207eea703255e9bcfcad329cecc12fed9e1b8fa7091be2b19b7e53914'::BYTEA, 'ValueError at dialogs/rules.py:1', 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xd0aacfca30ecf8f96d499b13395c1b9e'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462340, 0, 1, 1796063462340, '\x01edaa983961e3dd0247ce1c8c35b7db1e8bfef73e400bd5f08d09a58d34d8f1f27798428865c3e3b4f3710edf685f876091b65a716b13da2a6f439edc51abb5067723ca5bab77cbbca02b0cda05c38ccfe8f16c62e7c82ed926399ca8ced4b6d156c6e04d0b3cdcc6b34cb64d4f901bae7d933e03ab3626087e44a72b206db7a7e7b71700e3d21a893248e703279e6214064807c98838372a08dab89ac64876a4a4edd1c8720305643f227a722510b490e214112a3493c2f7a4d4b6ecff1aca01f676aaba83c4315e52c71813fb37e6e9547f42909803f4f918dd251d3725d2c603d20c7fd5053dbf9cbcc66d1ed51cec41d6e84d7c0266dd849404a549d964eb0844a255622ad8ad5137095fc2874aac07ffd7a657401d9aa1dbbab89f46a05b9593223f9564663fb1'::BYTEA, NULL, 1);
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
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at") VALUES ('\x39167b6cf0d8e6397b6ccf2005e9a468'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1796063462667);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x39167b6cf0d8e6397b6ccf2005e9a468'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1796063462667, '\x01ae8a11c3672f04adc09b6664e3ef3411295caee821911224cfcfc19c0ced23b781809220c63799ec5f206355174fff671d57024f8f7843df50e6528f1c3773c8990bfb9a084bd38937ee4fddc209403f9f0f27b3789519e00b4d11e6521c85f0ea7997beb61f48dd5581cc84d49cc1a3d1798b0fa97a6906d98f83b35c83d29a7320fe244e1bf34c7a448d4b6adf1117fa00ec504eeee5000a0773'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\x39167b6cf0d8e6397b6ccf2005e9a468'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1796063462667, '\x01cec9d83a8d669198aa17e0e14f2f114639a34b36647017efa3484d6ae0228535aeb95627cc0081428128aa91a89bb60ea21b733929ec233f17675eb97e1da4498a767a38e3e848afbe0ba2a8aa97c559bf8fe61eb22d5e8133a8893314b93e1a79270c3c86ebf7064a3af38ec85bf0d40271e2b7fe40aa60ba3c6d5948bd60ff56bb95c5cbec10408459db270608fac72e6d55d995a60f386263e0'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x01a37e0844aea5872903df812c9bd9d50c44ff0c8f4943ddc596ff3b4226a6a148c7c1e4f177094d722ce7a86bc3'::BYTEA);
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
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462334, 'console', 2, 1, 3572806582782953398, 1796063462333, '\x01ef8cc56b05c7026e4ed13bd23e4e294da6a44639882faff2dadcb8f32447c96e87bd2e0fca31b6c366606b77175c995115216877b593988268219f8210ff5ea221d951a37388a2eb838811ab9650e4d789b51e256f3f9c6d57d1140265feb5b05b1354ea713a7d29463fcda742b7680be6e8f14fb3f85968ac6abfe32532e0997b4e4188a8bbca0653a505a69592a5a88aae6849482fbd8fcff1b794dc3642283b1571b02069f1c0a855ae13707d1f109bb6ab909b6d91285d349f825c748fc6f69714d4ff2ce8cd34884aa1fd953af4394f3d2a888bf7e9f2dc67164f71566bf0ba149e81fe1d9e26548d63188d70fe5662b2ea69bd1cac77e9a66c347b580e9ddd0abb26f1889e6d07bcaeb499a738717e91e4c6f45e377cee09befe76adc10d68f2b0d0fa6bc1df5617368228608fece2bca5ed99fbdceef84ca0a0d3fc0fbd5aac70f353b3a4b904c3bc81a5c9f21b8f6b932c595347dc421640b557e9f158fe2feab6ac57986d8a7d6200ee00941ec597fedc1911e602cf16d714b445fb62414beab426bfac40ddc8edba6ceeb22fa25ff65c5e827fccbb9a8bad5c96366a7de6e393f63296dcae2758f8ce2327257e3d7c11bff01e64ca97a4e9ec6036c7e66e243f479eaf8fbae2f79aede3227b4ee2d27de49304a6200cab633a0aae3234dee75744e2f2b565974f2d855a7b8c434dcd64585ea728469d78f4984f8e08bf7021aa6883c57eca56598184d0a98f5862d9c306ef7219301b013955fd1e8d78f2313e43394752bf026b993ca25168bab06dd1fb9288a5ee0aaf9dd48728070fa63b1af85e02e682b6c21c3a27d2906b421fc69a56273b7a15b195705ae1765154de70ef4d7cbaae74e43281b24fd4b357d13f6a5f526839b89064a7e24f1ce5e733911ae10dd60ba4e6fb0c67b9fd40449734e5d7d28b40a4d1570d92cef92fa431b0d1274f44a9271bd2b051c4fb94786dbc47c5047ed0d5fdea76081029d4b3e26e85f6b590a6be44ad641dd84905bab63e62d16b962619bc958a1dfa442de20f55047e7ccfe40874b27f4c229980e76b93427c32fb8b0f16076515a5032ff4c3fbe46f4e1de4a44229e3801956738f096656e1ee2504196e371821dd283cfadaf3fd253a720e6031009bd414424aeababbbb5abacab75f43706a2235288261a95500abb6c8eb282db0d7a0f7871ea7d7bbb7c4431b835fdf9669c10dc4cd62fd58064a21a3c3227c5cd84898f03a9bad8f68a7'::BYTEA, NULL, NULL, NULL, 0, 1796063462334, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462341, 'console', 2, 1, 3572806582782953398, 1796063462340, '\x01c1743ad3a0c01368ae77f0d457cecdf5cbfeb2d61b0813e77681c7f71c1ee5522a77ccfde65e11b92fb677b94243f0ecfae7131b4b174bdc33e61ccedfef711371844d3ba478e7de7a8db02e4a1288fd8d9d82adeeab97f448d1b35bab49597018e6ca83ad8ecaa6f6534200bea15be8382caf384062e84863768c5718293a17b410d8dedd8264389b95a2cc3c5215826354d14a0c7d83589e9bfd984329543970ecffe2bb33b10df88c65457ccfc767c55346440ffac1caf6257a6cbfe36bba99893629edb84e68b3be4af8546aede25d9a449141e5bb3217e041e0a766c67b61403587d8ed6a2c07eadc38d3e9db2f15997a4b03d29ce161403147885d1b0f73f38cdeef889901ce523a3369977c7406f097a4ee79fb8dd9d7'::BYTEA, NULL, NULL, NULL, 0, 1796063462353, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796063462370, 'console', 0, 1, 3572806582782953398, 1796063462369, '\x014f65718cf642bbccbfd0e65d4095eec15648c9d9b608b6b8798cec49dff4a1fb3de6b3d635616a42323ea0c553cb19659a3460aba0ac59aec726ad959ab4186241ea42b4c25a958c46f5c22bf2322a38c7f2c0e910b89b0237ef12d350493e770b221d9c5d0cc247791627435063d75b825de6456cb11e7e5774a1c9da3bd62c935f070e16fce1586bbe11eb1d722233e932071a1d93559bb4752770ea48d00a1bb7c23423aa7761a899ff3c1ba538b8112d28039ee181ec82e40e79b75b13adfcf72d842740fe8d8629c993f26a7bf3e955f46e3a9b63a59ec805477c0488dc65b4317d36d257b3b06eab664b0709ef52d08018dab553420ca4179af17295862ecb31c36ca39a261b858fc0737a25c9a53387d61cfd52dc3b574716314d33bbc2b0df03f0cee70439a767855b0e876254322c08f36b2520c102cb41f30c0c565b7e9e856584a26891181c0ca89b4ef560c6fcc6ba33930a79e15ec16d0258ad8dd2aec3c95feadc2c9a8f7a7199d46cb40d541a1c2e87d8efc5c1a06e01859321a1db4866c0c1cf97db99434e24142a3d5c98a2472f913f44af926c65dd5e3adcdbd315a4b6d413'::BYTEA, NULL, NULL, NULL, 0, 1796063462385, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460858, 'console', 2, 1, 971243906808578716, 1796063460857, '\x01991e2d8c2691795e6f2f45413d2efd790a402b7ea3f4eb60e434d763310c27d5f7e8579fc98868f262ffb33ca464c4c831a671581bca099e477e82901bcef254006595c5ff01c1643ca8cb0d3a1eb7154f53f051424cf091f14c235a9834120b2643408316ddf2c2e0141a7f386e0eccdcf1792220a9e0e9b760bac6ea9c61bb30ca95fb3658923240d7f00d1a38744a1ecdf9c5733b64245fc7a7bd3f2b9070a23a18ae009fdae737df92389fa7c34cd66e55e027378f5bc9dd1d4e770f7a5736c15323ae7eaeb388647019f2fcaba0d0e5abc2c519bfaf2e9c63cd840fa06f6590a734f17cb359837c8306fde0907a7b248920104215f3bbc2085c556515a08306b0c267ce67f72a95049de610f99ce2213bb97159d9ccbf45bc8cf197b2178fb29bc53434fe7ddb272b9e80d1dba43803c2299c4193411ec84e49155b0c4122498a4778671fbbb9af1375e9802833a1817faa0cdfa2f3375c5d4f2108562cbdefb34f6d65efe3569a424479713230592e98667229c329ac7f8f6ade1bda4423802269e3b15f93a0ab09955b6a3d99ecb9834af2f8aec010c6e1cd84e4b8c9595ef2e933c88522177c6be78520a32808c36dba4a1bc7fb5145f8619001da655d263caebf1774b6bffd68a11f45b20373c359b763ff0e1c479b6d61c313b64bf8a33f2bf0067160fbde6b1d449f6210688376b5cc540c309f4674bb3ff3389bdd322be5e5a7938a1927740d8401022d244992aa7f3e713b8b912dafe1f855305586c3e86e0566342934b187f79245fdcdc36a188940ad73b6e96f35f95123b28df3c6dcd8058a68c5aed95fb2f470e52a379021a2d16611b116207bcb77eb07cc28dc70b674233f1c71e483e8eef51bfd36be975b2eaf3b67b10e863df973feb220248f7dbfef1a75bccb026bad3a08868c5d6ffee2df4a862592e455c399f8f2f934c4e88d93488db89601288c6097c37d070e96ea5759f249d1a85c6fa15116866f8e48ad5b9cc9f7da376eee81326bdac679f5ed0a0eefefaa7ca58bf72e8d189098f3abaaf7dd40d1523fcc96aab15c5003db42952f4efb9ab9783a89f2d4dc72e09366a0409e50334bfdd9d2ba7b01b72dc5349a9be817810ec2881db9a8f5319413303e521cad79f3d250bf77f9d829dd86b8501f1f8041900b2b79e5402feee7bf5393a112bdf5e4b4972f32c1f88a8369983e9b51ed9c79'::BYTEA, NULL, NULL, NULL, 0, 1796063460858, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460878, 'console', 2, 1, 971243906808578716, 1796063460877, '\x01908a2d8dcd8931e93e7108cfc7b8feec02b04c031c011e5cc8371334f9012b7a936f8c831f6c873a0f108798eea082a406e1fbbfb853f32b027aee40ced243fd844f4c08410b2b9652295ae6ca0b801882085a874e61847530256016b749eac7a6db097f5b7dfce1a3ff94ea504afb78dcad22e6d38311aab81cb97b897418a0c10281740c27ff2dbc26a0dbf6943f67f072c1c8a3c081bd08f2a3d8296a2431025fe7bccab0b865979cc9b6d785c5280ea5b218a6f91bc363fb1b51e3056c1e16be19660f5169ed940a759bcab142998480b05ab478514c7b300fd52ad14a7a93a14133f14e31d23dbb922ecad967cb9086d557c0a50a2cd012cfde9ca1b77a6512dc5ffe826f9f8da5207190e320691aa32d6a150d0673e4a2df6573819f1e1bbf00914874c8cee98ae6db5b51847501e06a8b37d8461f972507c7cac4c9aff8d793756925f20b8b89bba2f3beaaceda72ac1a01644ed77c89441c00c0933ab76757a82cc3678c687af6f3980055cc58813ae0e3bfa8c692492c8f0d795b946bce7c63c6001ecd8910394c311e7e1c4eb8f98b4455fd6ebd60b78924d79af8271cbfd459d75a3027052e8f03dac2f5210a7eb4ef993e566eb52a442b330681a69cbbebaab699b9b32ae5d6e5c1824a4919ce5db02130448c2ec5f817b8d9333c7d181fd45c622d8a665ec1f4c4552984409f092841378e1b72e7b748bc81d583de3b3537b9bb0fb12b54c2d9e3092a0afa94d186dc27b00139b8bdf2afc48203193f3ebd948fdb60990e9d6271320ba07705198a93450b849ef90b86'::BYTEA, NULL, NULL, NULL, 0, 1796063460893, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796063460930, 'console', 2, 1, 971243906808578716, 1796063460929, '\x013b22afc0a6e5e2b7ac95b6fd2f5def96f474697ea33b2f497bec8b2a09665d4616e3a1ade793addde715036de31413481bc6400de8282d1c66b43a8b793c6ea9b4117cd8812a1eb2ad33c8ecb64121635ec2cf7293242745c17e41219db10dd2ace2ee83fb3a412c720c74f1a7c338c74dd047b93d060d50854da34e6e212708581a14ee765f247cb3c72a3b7258d3dc7a35ef41520f2060f9100b53a39e04dfeb90344324854fab064bbabce4a9c20cc030faeed4af9cb39dc720be30a0b30e0bb4f229b2ee0cc7cdcb558bd6131b3413c3cb062387629f610a8fc7d4ee5507591f829f2de4dedcc8ce24f6b6ac1ad85b29767ae72e5f19a31edb920aecd1894ee0e4b64709ffca726991d68de7edf86ab9e7aa4d13b60672b919082aa7bef173cac98fed1daac3fa5b87452c613bea837c37849c0b7fd1779e2519ae351c068f29b319b34fa621a968259ee29a20aad6e1cea9f22b2f3434ec68a8c03303e3fe716c8b54b29d2db431584f32e2b7571fe3a8d1a4dac51b02c67830baede19381d260136ba1796627114f142333eec2b46d7b4b1eba8943aaa099690bbace1c994285f58c15ae32bf451c488649cc1b1bb221ffd7d65fe1cf2e12a1fb2733f665027c0f213d41bf1f6ecc67424dcda1c5d698b613bce4e209bba2e4eaa6641a42e07253416ddc04e10fb307ca63f5c8062aa6647ddf51847cc550c3358da2dcae741b6e'::BYTEA, NULL, NULL, NULL, 0, 1796063460930, NULL, NULL);
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
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote") VALUES ('8ubXE93_0WXe74Xu', 1796063460877, 'seriktes', 'ru', '\x010427fe07c01c50ca7eaaa44d59d5bde797fa7af377118c0f143e27e16e264264b97dd0f27086f4f2807360d5de21edf8563bda841fab758b2f87d8e6f5cad35c0e'::BYTEA, 'answer', '7', NULL);
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
