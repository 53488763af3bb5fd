CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0007');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x0df46854e9e71db3e23a2f03d9798315'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102462, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x5e286337d143900767a0459f200fd824'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103435, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xd8c5aa02d43f6b07d4cf312e623b3133'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103353, 'language', 'kk');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xe6d73f9b593e32375c317a9d6cc21ae3'::BYTEA, NULL, 1796074103681, 'imported', 'january-surprise purchases: 2 added, 0 removed');
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
	data_key BYTEA, 
	CONSTRAINT conversations_pkey PRIMARY KEY (key)
);
COMMENT ON COLUMN conversations.key IS 'keyed hash of channel and address';
COMMENT ON COLUMN conversations.state IS 'sealed Conversation; empty before the first turn was decided';
COMMENT ON COLUMN conversations.seq IS 'number of the last event in or out';
COMMENT ON COLUMN conversations.waiting_since IS 'ms; a person was asked for';
COMMENT ON COLUMN conversations.agent IS 'who holds the talk';
COMMENT ON COLUMN conversations.paced_at IS 'ms of the database''s clock; see domain.pace';
COMMENT ON COLUMN conversations.told IS 'number of the last message';
COMMENT ON COLUMN conversations.data_key IS 'wrapped: what this talk''s rows are sealed under';
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE (waiting_since IS NOT NULL);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told", "data_key") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x030e9d7c139dd6e853cc96f279bfa5db15979e3de3eef3e36214f160cc31351dd17c603ec45ec69206b7b28127aaa033f291d9c5f7a830cc58c176a04a91fb97eaaaf524af39873b5cb5eadcf283632b2015d5039d42effdfe57b0feb35651149a70c8a0443c3f240e7c4fb4734337b1459d3a6044679603cfb82080e61ec942b1a70be7f395252bffd3edcdbdcd27e6b5771b3f08eb69e7ffa9263acb31b6735d93390141c59b390cfc0f8f4f6e9fc903d50ad318590b9decd390dfa67716b3448d9dbb68854ce9106948e77729f383d3799055d6acfdda6bfb3e5b38da031c15da05e6724cca1d4ece754766be056ff45c5aac996866ae5ac542089d0257f1128b4f4d45f8dba5d46c131015a2772f5cd8285f20f930587c8902e2be035557156f7cdf9bcd0e629d8b20f317c589482e1219d457020474f03bd7c2c3d9b322d64cc75bd2aaa62790c0c6579e845407c3d542408e6197415719a51d98748ac9e6a8a78d0e36c1cb2ed2142f13004436cf7cb94fbbb4a1d2d0afa5859b7d68ed562cdcd5e603178d92e9e5400e55d4ab7cdef42ab9b3913a8da1defcd9c257820e3cb1f855c1e7de2703028dfd71b020b33eae2bf717fcb0324dbe68231dd3795c10591be5602f3208fcb16ea64ee663ca6d0b85744623f72cb2a932d93c186326c00bd5de0d08b7043fdcf4a0ba528fb445b864cbebb0cdf66b3085ec32502fc7dfa8857506e6826d948806b33d066976a08c086772122dea59abf04f66633ce580ce35deed413816af0a9b9303cb09bb17610e3bb61b'::BYTEA, 'console', 1796074103436, 1796074103435, NULL, 1796074103435, 1796074103438, NULL, '\x02c413966ff2c2526e4956a1f8b390d927c65c5a2ef27930684af36be12b9658f93b5ac28d09410f899bdd238349921f95e218fdb36260d9606970f448dce41a0580886668'::BYTEA);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told", "data_key") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x03200ea6640adc14a6a6fb50aae7ec4f5a962149f4c6c3e6f57102ad2ab1aa934d7619fc532918b379f4998728c90f245e0e21e090e61ed19f73c77513359ef399883e4ed9ae0f01e2cc309ee617f2989bf57e445029fa0f2d8d7c87da7ef0f727b5d15fd15e2f5ed41d555406f168d3dc689af62440a3d991bac50dd31bdea629f627b2bff246cad36254ba8e7e0f185c4e95b3e95050ff10b469a3eaa91f94c8a94fade1fc4e326ebf3570b4efb0376c9214a7d7a0b0a4066fd095ebd78df02ccdde1f78f737a4edb2b15534051a5fc251759ca7f9ad7871a27d5080885f17d33c94fe9f695068867b3a7036243acc98bcaf746f4894147f46a289b00cceb25a49621e2108b9dcfbe091cf34bbc9453dd46551fdcc0aad4358a5cc2e62845faaa4ca62c95e7a58b8799ab8dc0d502050f0366ce07bfb23647654cab4b86a2e7b2151a3b8c0d6994fdb41afa7e13eb97a9aa1759b77355809507d516d39760633e8e9256563f466f19dc745bab206ba185dae3344b25e81ea04e8b4c3c67cc0a889144fc365d161c1a8297e235c2aeed645923cce54230304be18bcc0b9822203f329cfef77142b44ffd686fa3156c0e7520dfade2f32af0cd35534fa621c94889a189413dc2916076c36838c696ce4167d5069e29abb388f93fd9922cb8ccb4197644558a8c29781eecf58fd13e059dae52db865126470f7ac45f98253598d5fcefa4f2106817d2f6be3fe7622a77c50d332b1219bc6e5ca91cb3b12d83990941d6cf1ca16b5af4ccfd7cf194b57190086a106db1b8fea34bc438ea4af0fce834b8bee8b40812be7975d2156f64c07c35ce0a11b0e827ce98db56d90623b24c287d422d5f56747b554f9f3a301722bed0dc419ccb07082c181c039cf4d9fcf8f935e164fc5696610f48f60bf3001a2dfe019c7638c4cb323f76f5823e1d089f0806b94840e988ff40c7d62f7fa08b346d681a9a234fc408b795498404b43e5887890c7a8e8189901986c890025d4486b8beb469d6a96bd958f70ca33c5f1e6508f3b6babeb60bb12871f2973141dc40ba6de15bf9c9524f67ae33b8553331ac6f6c9027e7bd77642ff73bb3dcb1cdf4c5e938c4615549d9f7fc6d4c936b6f1e33027a21cf9ca70ee9247b0cd34abb509a8de8f83468d6e7511751130c8b3e0f04197780dc9ee45899839848dfb7c70e17afbeb700fd3b8a343ce5aff048b76d33dfde3342a115dfe59392287d9b369876e05ede42eaaeab2f786d7939471369bfdb4aac64265d5b86ad64ca5990bdb303bd72013fc9c36b3f7c6'::BYTEA, 'console', 1796074102501, NULL, NULL, 1796074102500, 1796074102505, NULL, '\x02c413966fb7eb74b9f27448b71b21400e8022d5fd873f4d26559fcecd10f9c5a43fad3be3ba03ec9da70ed8a197b868cd672674fc4dd631020ca49edfa2c47476c7f70067'::BYTEA);
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
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x182a1f594fd28ad07ac7d96debed3827'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103435, 0, 1, 1796074103435, '\x030e9d7c136bee35a73357a0202ea180109f47a480d46e6afb2f273e1994e37ed91be91d61b8ffa6c445483a59512a0f80338a09b795a3595388d480d5630cc7916197e0a4c2376380327ead938278724a8c8b9776755c6d9fe018a91dbe6573bbe94363c2534caaddabcbe5f4bc33e6c289f84d69d8b6f08947a0df157db590a4a7ba9ddca6a84413cbd2361a2738fd3d8b21a6ae1c8332389a05f2aa6aad3be70ba0929d3defeceb5cfc6473bb918285757931bd045350b3c132d0863861300a7d80f7c91d302d790a2f497a496e5f0b9213c61bae8b6978ade8eb25bd1ebbfd84a8a9b2b7e223592b4a897b77c631ec694a7ffa0509203685a188de6e82c2a285c1ce6e77cc35ef337f988bed57a9f9f11fdd7553aaa53e23e0319c'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x2705dbfe9796dd66593c7367b6e35e8e'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102462, 2, 3, 1796074102462, '\x03200ea66461871fa8993c7e193ff63b6681770dd898dba597ffd5c2876820d1bfe822c48b2fad1ae9fa0e5a459d3f01756d274f060ae04af431e643f6a7a8f50c4184676109e54c408b3fdebabe1456b258d98e022f811b09ddb6a2eabde4d45bbcdcf594d5b723c4ef45bdf2cf7d421f21f16f8ace060c585274465af5cca92f7164b459baa66a7d7a178fef6cebfb5bd5ae1ecba5a682e80775582808c759337e5d75c0493f8a351642ff4d64c36e8f65ceb44483fee551bb1775007db27cc6e42657cf33be4f90584ef1674e8e7192f183509d3d69571a8dddd40019bdac3ff4769e03d12e339c550f1e7912b781d7f1e853823d422a4566f1975869855d7e0a65ff073e34ab05b317e738'::BYTEA, 'ValueError at dialogs/rules.py:1', 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x34838eed10ea063fb365858cd10f7ce6'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103370, 0, 1, 1796074103370, '\x030e9d7c13658e4e1bcc2c20379300dc426fbf5b1bb62786e44daf5d4fe78ed63faba634ef80a4e4372adb4f10eff1f19a0bb12bacf47139bce3dd7b5694832ed660d4361e4551eabe84452aa40d78d5c633a8fe45bacf063b4f2debe9327bdad1dee878cbd78648ec7335fa453ea2eb800f227b07b2babc90195cadadfa5c68621f2b466b40fa59ca2e4db1a475a78880cfdf86649f16b17d65df1af84326611c8d29ca489e69e19db41db9f3b68687596e1a667bb55b9b61288d1a7902366eb81913bfaf4ae9e8bd333db4b8401482fc0b8ce5361825ab7ec95621151e6573a4d4fdd7ad53c72bb2938a0d5cf189f42c90f174e131af6719196d47489ff3391b416e0a547cb117081fba360dc39bb383bac3afe9728164c0b3f01ca911d85b9767b670574cd45c057473194197'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x4d933ba3c3427b4e1029689ab6cdcbb6'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103353, 0, 1, 1796074103353, '\x030e9d7c1394aae959d5eb306b788565b0fc4237849c8041ffea3d34275c8aae2545df738326ccd24e1f06c60d222b8625ebe0883bac83351d262cd4843cf8d4651c4b50d521de5befe4dd199ee3cb3bcc5b2332e818cf57c2b5d93fd1d649b89e46a7185067ed3d963a95b4722f4ec3708d72bc0e3d669de7da15d84a2443ae6878b912effd948f5bdd399035167a6fef586dfaada1acaaf0ea9838423c0b2355acbdde031376d9ef4cc3356f124c140282d54a3d50af5f9fdf01643805beac45d363c1d5a864afd15e386c2a02e73cf3ac19a82df34d8beff3dd4e3ad464e2fa5d5bebc72569e29b15634aaa376fcd282e3801a1229de8a017b5d7fa2fb3ef3fcfe69923ece65aada380'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x7aec7c4dadb318e9f88d562c12ade503'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102478, 0, 1, 1796074102478, '\x03200ea6640bfb478a7da7ffe7c66fbf1937175c3b2534bdbfc6875205df4921354f6c6d3fe56b6bffc0962a8c7ebc679ee7d0cd534378258d0be92db61b92ea65ad4a131ac3c9c49676e136d9dddfafccca1a502f21da899d6fe5e3e0e654f4fd5730ddac35dd7428ab21908b96f3d741632932cc763f86d8f47a02a9e203a85e443551a09b3ac12a46538680350c9e7039fa2fb510305276f6c682efde45cae029de8f5b8d2397b67f424c45ff236e3e5880cb0d575bae93129a0b3a5a09a9d06038eb94dd414c880406318e76ed208f048123b9fb13519878b7e3ad227143f25c1108ed37454b4d7f7c4b682bd7d8804e519122f4199f25a8f21787b5df6aa5d39aae22f30b3ef9602264c8b425b09f50333fdebf6f4e7eadd8bf8f9e76055861647016ce187bf0b04e9b23c14a'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x8e0a7548bedff0cc3def7d5e7d5f3dae'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102500, 0, 1, 1796074102500, '\x03200ea664f70313091a7f380ac1559ffa9dd7f9072047f771999bb2c3fb92518ea5ba48e9f82509b798524637c6e6304cfe34aaa4a362d9efa730d0af276d389cc373df4d8bede2c6f25191c834ec2d2b51150e11e3e33b39b26dd9a46e9a5cede70773c874f32d364c316b3c3ac6e2a2c05e28e381142d45111f9b516e9da376c0b5956d3ec34b500beb3ef5a274297083fc67684fa7c167ea1425b218476bfd7ddb653a791cef0fb0cea282d2c690f9796bcb9302d674368b3b8e29329a5ed7411c1ce0687be2628b6d9d37082c3c5b418d6711d11fbb6f1845e7ceff5a8275ec525c6aa65d6e628aac53b4be743a4af0a74ae14f8691406fde8e7a31c7797e5f95e48b5ec60e24d08b71f467d326680f'::BYTEA, NULL, 1);
CREATE TABLE list_imports (
	id BYTEA NOT NULL, 
	promotion VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	content BYTEA, 
	rows INTEGER NOT NULL, 
	imported_at BIGINT NOT NULL, 
	data_key BYTEA, 
	CONSTRAINT list_imports_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN list_imports.kind IS 'participants, purchases or results';
COMMENT ON COLUMN list_imports.content IS 'keyed hash of the SHA-256 of all rows; null once a part was replaced';
COMMENT ON COLUMN list_imports.data_key IS 'wrapped: what its rows are sealed under';
CREATE UNIQUE INDEX list_imports_content ON list_imports (promotion, kind, content);
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at", "data_key") VALUES ('\xe6d73f9b593e32375c317a9d6cc21ae3'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1796074103681, '\x02c413966fe36c09e385d68d9916ab956102dbc994046d9732e4a4276731168b8756f3b8f13a557755e0d687a47b330b3754e17e66a28bb239389244d3dadf4f91c1c87443'::BYTEA);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xe6d73f9b593e32375c317a9d6cc21ae3'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1796074103681, '\x03b457b2166fb1924d1f8f9180b273f68155a9c0bb5cce3850eb4081376da6168f6d5bad6999786a8e03a300519ed5588e5dcefe6b397094bc8d8decfd4cff885ec24504ee8fa1a7b358e32a895d11d2353cf8eecda5c312a1289657e35d1888a7033e81f31fda5db275c42f2f34479f9cb25897d3038a2e7c7fb33c262e230b7ad41445eaa1980383394ab188ecb5e8cf2ec3712197aa83bbfd94ac1991fdea'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xe6d73f9b593e32375c317a9d6cc21ae3'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1796074103681, '\x03b457b216f3b5dfbf24c8d48aa35eb313a274df2bc02fc91e405d18f4fc8dc000a65a57128804795a5fcd120985df472940e87d93b6ce671557916f0261558e9b18c1e218d14e0a709dce64653c861a47378b7e308764043cf8da2525afce7a1272ec2ff22e1f31e7b5eee9c1c6238064f862b7511e092d0633f1cac328beca6344e17591d94aca2a09cf79b4ccf25393619df703a2c32a280d15ca586cda20'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x02c413966f9eb2b18c07d45c6d56c250dda7eaa082edf9bb6195f0c6a170f8b12c6b57a59ec6ac2dd0fe27b5bd1856ddd305'::BYTEA);
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
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103354, 'console', 2, 1, 1677516310666403647, 1796074103353, '\x030e9d7c13e77cb9b4b2ab99452700c1b5808d8174b5aac057932362d3ad00ad71e3d1f591143bce055a1bd9cd28895559bde5c3232b34e1e0e370afa34486b30042cf688883c7ec498802bea97fd5436afe08c7d2ffb5731691b2f39b3c55e081669d351357911d9b3446f28d8daeb43551b15209a50a29fa69666dd8b7abea8f99f075d12b98af45c3647ba03124badfd608fdd0230e8d3eb5723fe4d91d1af2271cbab4a10fbc45dfffa0f94eafbc2fae3efc9cee66234b09d82570312e4e7c241da2886ea266e4a988e8ea1d38409bb79c1cb1ad4edc4607b73e56f9b7f7a2d612aaead128bc181c496327ab508f05624ea9e470eaa418de0162c2d3d16834d7ba8f3b82d5f6969d91fca15acd521de0486c2a31a196323f515a6997d431ce91709c3032f3aa44843943585bacff198d064365af0396d9bc46517570c5b2afaa125fa0cf9fabdc1ad4ea1338929785d027f651e153ee6bfa5a33c46844634c1e6dc29b6fba5fae6a0e88f47ebc683a31d40a6bc35ac04a18f9e52143e4a9542ce711437d19e453ce211e975683a938256ddf95a6b002c379d937c12218bf032fc1fc184b2a417c70d8c39d22966fd3995bb2c5bcc28e32c991b4678877e45ae48b854f02581d1a09d6c16e042dff118e866109dfe3756c5c5570eb3646d01495f77dd8789156235ad5ce2b200561c5f82c470bb02f1c431c4d684e133b63d4fb4e7b4e0d1fa5d5a50aac3a530048946e442f2a7ba8503c14b09a83f463fe23c843a862a976389f6b561b5dd820ec4a43802251190f951e3c089b5a0f1c25e2140743c21241b2a0f85852932cba0fec5f76bd447b8de74ae6fbf1facb80003e64e8cbc4c34c817058ae25127c5aab32bc7a241ef873dc81ad147a118ad64f2d0e7bb4537dd21910f5c751772bd8f25fb7fa9d193ffd3abc0d258a394ce8ad1432e3e3ec2abdc8b9eb5b4d756091610b60f48609034fa0637bd69f61036a18a22f62b5729b4e640d5a7f0ac3c70990763fa5e11143630e2e49f65b1ed641533f15466b2046306d3ca21bfe60a17c1c0da815a9475751f5b48c2305e13e59354c085e29f6369c786f6051ee4f50afc55235f413a974c365cd8835768bdf7849bcf623efd882dd424fb45f3d28e249bcec2d9cfa8f82d307055d10ef0f861b9f6539a522f080872be0dab77f121c9fca3a8c69c6e465988aafec5632fa0fcac0760c37055dcba26e0dc2b7ad49f1946fbd08c31c102911a7c8218b01'::BYTEA, NULL, NULL, NULL, 0, 1796074103355, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103371, 'console', 2, 1, 1677516310666403647, 1796074103370, '\x030e9d7c1345fee595ca68ce6ebd657a8d39e80f33ebafe2b31cb380a18dabda5ce600eff95c3129ece7deb9ad5c7dd035d337d2e5b793523aca67fecb1d7376f91a04ed2904aee7c1dc648620f38c0e5d7857bcc6ae7ed22348e25623f6896027852eab56ab4b19a6be8929eed28a4824b09b4f3790eaa2c1f3b03aca524566230900a52817f0d5fb5b5294dd13aabed172a36be9b7b65cf8dd3af2a1d1da72fd3db912658f3acfdb025b31fda451d53966b3066f3f79467658a59f3dfd75689fb9008ee1710a299593e04ffe63a3ea0fe3bb91d279879097305c28852275fc7a350de9b828511daebb1a21eb444985598a2a50e5cab9b3dca05b4a6bf5da3c7ae648f42aa0c26bde1e02bd90dacdba062da7eede2f22928e460b3dc7b7aa'::BYTEA, NULL, NULL, NULL, 0, 1796074103373, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796074103436, 'console', 0, 1, 1677516310666403647, 1796074103435, '\x030e9d7c13f583058839117f102c6254f3cdbca6a9d28845d26e84731c62d070943d043b94f5a676f4c947e9aa335fc2a4e720e96b30c57e449069160c078f80e108979def1f88f1297cf934fe2020995c8be6eae72d9044313825ecab2167ad9b30cebee449d249fceb1763cb5d9dc67373d69eccd7987d46213576d963eb69953158a8536c812739ee939531716bfa6720a741fd1fc97da85facb107c3d40954c1b7870b7e65307bd4d3c28effb956a7edcb52d6f408085124c85b681a93b9ee5b72c56fee6ea11c09915f208328ae3dc4efb1dd9367b4c89153aff9f8c69092642a56269b8917c6e14b5b66c6304e6c799a072ce3538018386bc62aea23b3c550a954d5db51dfc560706ef86c95f1bd61b88522cd22ef0ee4aa886daea981e81f2017245b0681fe927e45628637b381f9864f007648ccb77791b187a2d96b4b07bd368428e15866d6a8abd69ed25318ec499577de2430ee1b9703e96d57b0c1ce619c03a4641660ee92233fc02c9a92577d4ae97d3d4348921a75a204700b0f718b4a5e4ed8213dd334bc640e917e89f7e2f8a21ea47d3600ede4da6ee317d397e561cbbbb29da99b2c1874'::BYTEA, NULL, NULL, NULL, 0, 1796074103438, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102463, 'console', 2, 1, 3345672435717957598, 1796074102462, '\x03200ea664bb2b8791dc4ca2c7f17def1210e34d7a253d8bf99b899427b327909e853e8a0f982ecc0d2a68a93042ae6fa8435d3becf3676db46279cc755ed1d53baeda1790e0689514b1b878be766ba1070e771699b092844d4154014e284f2e17a50dac404ebd608c4c2874f30c97afef22f02e22e4ed498d331d35d70aebdf1e94022a06222defecd7deceb275973aa2090bfc2e4fc84bd37fc11bd4aee4f05f55f4ad17e971ccaca9e70d2b330153a1bcb3e0c77810a3f36cb542670693c81c37a417affc65ac5dc81e452d573ca5ed447b4805c938619b150b87939f8164172fc1eb30b2e68ba3a48377ff893f757f143a0f108cc371992b5ae774eb6ad8ac4cb49932180b55032c77e540b5aa59812acfc3fbbb5ab49d388c22203b53a568fbe13a8a1b4612fad71b7a421dd3a38a8fd2e7f427255e96e86cc7d836b327163d312a76fe0d146e1f3260388285705dc9368cb2fb122bb368818220bd4c240f2ee9225b3c020fad9d2938af21b0860b3cc06065f574bb754fab81b88c916478b26d3372edfa659f855da7158017eb8e2775c46f22b96d235bfa49fa5397a8a36beddea0b54f555879e08382866dd891c9355c0b796c066c79e08d54788c0d06fa916f7bcfb5cbcb65aba5b3d76a4c9c18c19cbb880544f7574071788a95ca6607a028e72f53509cf7471a0b95004e28772dd7ba49e2369c3b9edd54989a214178c654a5e055dd8d39bebbe3b2cd52d2f754d2b1615ed98d8849c507c0ac061040c17ac0209495d1b81c1bd4980b6d608bcd6dec3f57f379c6494acd534e4e467345df6c4af5ef90d36c8f197e0a61da4c283433f1061e973f4ebf3e8a3fddc0da3ebe9d48e338874344186045c11e721b2779f271f768245eee563561862744326c9c1e75e0ace34cdec47af37aefeda0e152ba7fa7b68f177e0882dc5f9e7d2bd2fff5e98396812eac3026e57ba8354bcac13f867e7804f8ccde465560d20e75ae07e88f6b3c15d96041d26b4a3299a334bee08a110358659aa0ce716d802d1d876fcf8864b43bb2fa4fe0c5c494c6d0234e7e54ed0e1071fc84aa0ae8d8d884f35dd05c4a51d5ffed88c82e9b8dec469c577dc913578ff279ef474047d97029cc6b1966f094fd16f25e8ce48da25caadf0070d0f777abdad1ca7658468fe4f0491ae054c934c35fc325aaf4e72796cbda59802b8dec0d4c7bc1a2639519ec'::BYTEA, NULL, NULL, NULL, 0, 1796074102463, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102479, 'console', 2, 1, 3345672435717957598, 1796074102478, '\x03200ea66427f3794ee630ef407bbd04459486c778738fafc85de9c1f56ee6f8b0dfb539f4e54a6cc58a4a1878f87d24ea0bca4a4ef331f4ba4d34289426c0035d071d2e988e50e326314d79d992388a990b12120c22ab2a67f3b87d5a31fdb1957bba6bcd45a50d7590796f04223d42841c6cf510c0284914e6f9f3721b2bc788589a574f93e04b30c5c3f7135e2bebafadcb5ae6aa7d2e051d21bad1ac95d319e6507fd3a23a6e4b3ef33e6746ea2648b50bd6246cfc02a86b855337f9db3bdf1349a71466ba3d858bd414f0558c1cd48827edc8924f162fd53289c8e84a8290ffb611fa6158d20fe6b8bad1bc8279fe482b8ed89e9501c92ef38f650c6e82c5d4fa01420ad3643f1ba1871bfc956474a06ecbf0d5f8ff491323328da3e4649ef9703e67bc3f471f82e926e32be1d337b52495d4c85d44b84c6d1b12c2e5f144c287b86c169777dddf85a393edfa8098961539ed0a586ba518b38f18fc5e93b013959f80f4a7135f85aeee306aab77210d34c20326f1a36887b7a3b6a009113feeddb8b8f4c14edf39205a4c97dfde5eeac08215e4e15e4e4d9acdbdf42fa98c4174a86550641994a18cc68ceb503542c68bf15836d3b56b6db884bc259e03fcf9922c95d28a10ec6320ec229665deb27d6a2614b946109cf25880819f903fda408d219db65de758cab2732f7d4210088039bc8b93525a7e31bf7e8a3f4e00bdb6ea870e2f02546cb128c850308af86733bffdb1f8fc2bb9992482758ee29d584d782a4f85d329055490f54e86668dd2dd71a9afd231aec0e80f54be74046ec0f2'::BYTEA, NULL, NULL, NULL, 0, 1796074102482, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796074102501, 'console', 2, 1, 3345672435717957598, 1796074102500, '\x03200ea664c182cf3854b9b7bcfcf13aeab1b866302df7314a2b4a4bd8584a8370bd29c8b98e3a76c1c8b3601681cb0b04894519554a272f4c8be170495eb2313eb243a465103a0fd3f708e1ed93b60dae2c5eff61b5a1c3de227035393f6c1ddf34f7873d2b89d818648aeede87d05ab2cbdee9fcfa192baaacced6ffc26504274d5b04fbd964c90af147a3e8787d5a5e24e79abd12c9b8b4d3f3a0d6e3dbe5555917af9fa255a8381e55ab9c35d00df15373613fe92614e3b3feb57c7c4f723b3d8becb90801fb8b8cf3755ceec213b18cf434399b442ea503083e2831344e07cc27164944e692a9b95a63cc0a6895b04c85e43400ac101f362d8cc2240d1dcb40b20919d993ac756181ce85fcdcb3c6d1b6b36dd215438a52ecbb395cd6d87f4d8a618bf0ab78d4c46b5e970576681292d33b1e6c04b73c030742219a12ed04157f591fb743f81b5a35679f1798ea3c9b1081a79e0767d31d7ef309ce253b2e9a5fe1c1145b08014f70c6e1946cc133d0a38f06bd69d1a6526ccb3a9e0b71026fbc732574d144bef6328a2db534b4a270d2b35d2796b19ca9477bee3afef64a3a73366453a71f56d93dfef9cf2cb4461d3cdfc3e14621131f7f0ed99e39bc6679990f33880e5081633f3ff72058649b771a385a3211800bfa53607258f0c2a6176402b726325590967aaf1b011ce4793d0a91ac054b7bca69c8236be19e48ebf2dec64fdce79290'::BYTEA, NULL, NULL, NULL, 0, 1796074102505, NULL, NULL);
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
CREATE TABLE question_keys (
	owner BYTEA NOT NULL, 
	data_key BYTEA NOT NULL, 
	CONSTRAINT question_keys_pkey PRIMARY KEY (owner)
);
COMMENT ON COLUMN question_keys.data_key IS 'wrapped: what this owner''s questions are sealed under';
INSERT INTO "question_keys" ("owner", "data_key") VALUES ('\x5d550d168a8e3101b28547faabbe1297'::BYTEA, '\x02c413966f22505fcc61664929ee6a3c1c031af799b606e66051ae3db7423791bac59b93594a59415d0cf7e238734632b2b7e1b4a20f26702c15f76fa3fac5ade1024b81d1'::BYTEA);
CREATE TABLE questions (
	token VARCHAR(24) NOT NULL, 
	asked_at BIGINT NOT NULL, 
	promotion VARCHAR(64), 
	language VARCHAR(2) NOT NULL, 
	text BYTEA NOT NULL, 
	result VARCHAR(16) NOT NULL, 
	clauses VARCHAR(200) NOT NULL, 
	vote SMALLINT, 
	owner BYTEA, 
	CONSTRAINT questions_pkey PRIMARY KEY (token)
);
COMMENT ON COLUMN questions.token IS 'known to the asker''s buttons only; leads to no person';
COMMENT ON COLUMN questions.text IS 'sealed; numbers, addresses and names of accounts masked';
COMMENT ON COLUMN questions.owner IS 'with whose key it goes; leads to a person only by that person''s data key';
CREATE INDEX questions_asked ON questions (asked_at);
CREATE INDEX questions_owner ON questions (owner);
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote", "owner") VALUES ('A45CV41UroQ6NqBp', 1796074102478, 'seriktes', 'ru', '\x030fa572a3ff95960b9471fa306521679b4b49a079c051ff5318479cff0ee909f56884f207e5d04cd23152dd6dc5029f8552d5b20dfb1b0a238730fa50177f1f0c7dc63bf055'::BYTEA, 'answer', '7', NULL, '\x5d550d168a8e3101b28547faabbe1297'::BYTEA);
CREATE TABLE tombstones (
	digest BYTEA NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT tombstones_pkey PRIMARY KEY (digest)
);
COMMENT ON COLUMN tombstones.digest IS 'hash of the key of a talk that was forgotten';
COMMENT ON COLUMN tombstones.at IS 'ms of the database''s clock';
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
