CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" ("version_num") VALUES ('0008');
CREATE TABLE audit (
	id BYTEA NOT NULL, 
	conversation BYTEA, 
	at BIGINT NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	detail VARCHAR(200) NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_talk ON audit (conversation, at);
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x1f38915c35d9c390b29b817b879c702c'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698339, 'language', 'kk');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\x41b95f4b46c7b9408c0d8419f4d87531'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697639, 'language', 'ru');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xa73d03acc8535f187409ae5a2bc7f936'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698375, 'person_called', '');
INSERT INTO "audit" ("id", "conversation", "at", "what", "detail") VALUES ('\xbff948945f2d7d14256077d7d3063653'::BYTEA, NULL, 1796091698551, 'imported', 'january-surprise purchases: 2 added, 0 removed');
CREATE TABLE claim_contacts (
	claim BYTEA NOT NULL, 
	number INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	message BIGINT, 
	status VARCHAR(24) NOT NULL, 
	detail BYTEA NOT NULL, 
	CONSTRAINT claim_contacts_pkey PRIMARY KEY (claim, number)
);
COMMENT ON COLUMN claim_contacts.channel IS 'telegram, whatsapp, preview, call, sms, ...';
COMMENT ON COLUMN claim_contacts.kind IS 'reminder, news, or what an agent did';
COMMENT ON COLUMN claim_contacts.message IS 'number of the message in its talk: the outbox knows what became of it';
COMMENT ON COLUMN claim_contacts.status IS 'reached, no_answer, ...; empty where the outbox knows';
COMMENT ON COLUMN claim_contacts.detail IS 'sealed: who tried, and a note';
CREATE INDEX claim_contacts_open ON claim_contacts (at) WHERE ((status)::text = ''::text);
CREATE TABLE claim_links (
	digest BYTEA NOT NULL, 
	claim BYTEA NOT NULL, 
	until_at BIGINT NOT NULL, 
	CONSTRAINT claim_links_pkey PRIMARY KEY (digest)
);
COMMENT ON COLUMN claim_links.digest IS 'keyed hash of the token, which is kept nowhere';
COMMENT ON COLUMN claim_links.until_at IS 'ms';
CREATE INDEX claim_links_claim ON claim_links (claim);
CREATE TABLE claim_reminders (
	claim BYTEA NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	rung VARCHAR(16) NOT NULL, 
	due_at BIGINT NOT NULL, 
	look_at BIGINT NOT NULL, 
	last_day VARCHAR(10), 
	status SMALLINT NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	settled_at BIGINT, 
	CONSTRAINT claim_reminders_pkey PRIMARY KEY (claim, step, rung)
);
COMMENT ON COLUMN claim_reminders.due_at IS 'the rung''s own instant';
COMMENT ON COLUMN claim_reminders.look_at IS 'when it is looked at next: later than due_at by night';
COMMENT ON COLUMN claim_reminders.last_day IS 'YYYY-MM-DD that it speaks of';
CREATE INDEX claim_reminders_due ON claim_reminders (look_at) WHERE (status = 0);
CREATE TABLE claim_steps (
	claim BYTEA NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	at BIGINT NOT NULL, 
	detail BYTEA NOT NULL, 
	CONSTRAINT claim_steps_pkey PRIMARY KEY (claim, step)
);
COMMENT ON COLUMN claim_steps.kind IS 'claimed, returned or done';
COMMENT ON COLUMN claim_steps.detail IS 'sealed: who marked it, and why';
CREATE TABLE claim_tasks (
	claim BYTEA NOT NULL, 
	what VARCHAR(64) NOT NULL, 
	at BIGINT NOT NULL, 
	done_at BIGINT, 
	detail BYTEA NOT NULL, 
	CONSTRAINT claim_tasks_pkey PRIMARY KEY (claim, what)
);
COMMENT ON COLUMN claim_tasks.what IS 'passed, silence, held, contradiction, ...; and the step';
COMMENT ON COLUMN claim_tasks.detail IS 'sealed: who did it, and what is to be looked at';
CREATE TABLE claim_transitions (
	claim BYTEA NOT NULL, 
	number INTEGER NOT NULL, 
	source VARCHAR(16), 
	target VARCHAR(16) NOT NULL, 
	actor VARCHAR(16) NOT NULL, 
	at BIGINT NOT NULL, 
	clause VARCHAR(64) NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	detail BYTEA NOT NULL, 
	tell_at BIGINT, 
	CONSTRAINT claim_transitions_pkey PRIMARY KEY (claim, number)
);
COMMENT ON COLUMN claim_transitions.source IS 'null where the claim begins';
COMMENT ON COLUMN claim_transitions.detail IS 'sealed: who acted, and why';
COMMENT ON COLUMN claim_transitions.tell_at IS 'ms; null where the winner did it, or has heard of it';
CREATE INDEX claim_transitions_untold ON claim_transitions (tell_at) WHERE (tell_at IS NOT NULL);
CREATE TABLE claims (
	id BYTEA NOT NULL, 
	promotion VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	prize VARCHAR(64), 
	rank SMALLINT NOT NULL, 
	draw VARCHAR(32), 
	opened_at BIGINT NOT NULL, 
	changed_at BIGINT NOT NULL, 
	closed_at BIGINT, 
	version INTEGER NOT NULL, 
	conversation BYTEA, 
	identity BYTEA, 
	phone BYTEA, 
	bin BYTEA, 
	iin BYTEA, 
	account BYTEA, 
	protocol BYTEA, 
	body BYTEA NOT NULL, 
	data_key BYTEA NOT NULL, 
	CONSTRAINT claims_pkey PRIMARY KEY (id)
);
COMMENT ON COLUMN claims.rank IS '0 winner, 1 or 2 reserve';
COMMENT ON COLUMN claims.closed_at IS 'ms; delivered, refused, lost, cancelled, rejected or released';
COMMENT ON COLUMN claims.version IS 'rises with every change';
COMMENT ON COLUMN claims.conversation IS 'the talk in which it is led';
COMMENT ON COLUMN claims.identity IS 'keyed hash of the row of a list of winners';
COMMENT ON COLUMN claims.phone IS 'keyed hash';
COMMENT ON COLUMN claims.bin IS 'keyed hash';
COMMENT ON COLUMN claims.iin IS 'keyed hash';
COMMENT ON COLUMN claims.account IS 'keyed hash';
COMMENT ON COLUMN claims.protocol IS 'keyed hash of the protocol''s number';
COMMENT ON COLUMN claims.body IS 'sealed: who won, the events, the branches';
COMMENT ON COLUMN claims.data_key IS 'wrapped: what this claim''s rows are sealed under';
CREATE INDEX claims_account ON claims (account);
CREATE INDEX claims_bin ON claims (bin);
CREATE INDEX claims_closed ON claims (closed_at);
CREATE UNIQUE INDEX claims_identity ON claims (identity);
CREATE INDEX claims_iin ON claims (iin);
CREATE INDEX claims_phone ON claims (phone);
CREATE INDEX claims_talk ON claims (conversation);
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
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told", "data_key") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, '\x03041226c063bec3cf6218e74dac8b799c7fdee9f9bfafeb241a022859336f81ada9e6d6cbb9120013e6442f52b8d07a147e48829ed233a905cd23b327c945dc5532c509f9cad4ba91b3ccbc906f2e10171d36ec28eab6839e90f6c0d85a5a4681a2b01da7860e69bbdd6e8572e9ee47a5741182b7261246a40fa7acda85d445c06c61e542c576719764a4abbe74daa0210ed4e1b1fb9a6f0c8c0fb3a02ae0208e986cfdb31822378eb2efddc4c3c3aa08cb2815053d0abb9e28d92e17b20e9e81ab4ba099bf7467771e0ea139e202c52b4afda9f9e9d239e38fb15d2f0d14cc7b507259e2e5701d0f3f247712b2402634b407365cf62f0a215913e7169eb853240c9e199c16d68f58d6d89ba22fe995a2d21686ebe4e7b6b1d007e37ff42ae56321413dede4b13f333da4135f80a518eb21d2909a492eae6d54400f864a511802e0e2c772768b66664d0b47a9bb688ff0244936bcbc98e921700e42b27b8e71aa27077a2fb335b0fc54f11496f94359bb2593fb6768467ad5ad27c2de6a6ffb234ddeb8359f8d3a8143d07e3ab120e2eeaad8f9ac57ec21298883b93b6904f8a148d10c72e8b9e95be36a45d50f76948c1cb3daa52bd0eee26798406f09387ba8643ce15f81f6a48823d1c45f8eda131b5e5f7da45d4983a61623d792ddcb0e162b4e033df68d183d47ee327a5bb15c80346159ac6a8bd43a8165ed52b7832b8074351e1f47d75c2eb68d60a2c7f9d2bed1ae7dc08b0a9576102d1c330dddbb5b7ba4476b6d820af74ecf2930b39adfa5841c8512f8844673b351bc34dacad577c667442cd1d93ec44b6cb0a99575b0d2d6c1aa289fcaf3c9da'::BYTEA, 'console', 1796091698376, 1796091698375, NULL, 1796091698375, 1796091698378, NULL, '\x02c413966f94c4af71ba0639b95df7b9f0f5c32c5dd30bb873e24409c4a37868163db719e0b5d4c101857ee9fc5efa378630c1f2bea35fb27128260399924ecfb95ab2ff68'::BYTEA);
INSERT INTO "conversations" ("key", "state", "channel", "seq", "waiting_since", "agent", "updated_at", "paced_at", "told", "data_key") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, '\x030803f7137af3f63889579f31480483616667b5dbad599a4dfbcb95050e0820cf316b357ec937bea27be519f675c8071ca3a2f8693e2409058a49f3bdf224c686a9592591d44a1aa966e199345503ca3adf375ce6400f0384f1fec1a607eecfcab7cca76490204874b6c4f5e1cc0464dbfaf49437a73cc2b94e1694ebf7d316f13db9887dd1aed1ef757f5b520f126ed7b50a1d5e2124eeb3627debc4bb18b9840696a087b64994180057a63340da266482717acb7c8707b7ed37402ebbac570bdcff709a85799c39495805f9a0bb8f85d8d20260e781abaecc9520e5a08ce5bb063a3083bed341f6c450138f07359d20d691cbc056217c3c1edbaacd46c5cd8aada21dd6e586812829e7134f2a0a17461432e32383353656317a28737b35fb7ce22b309fc8914695f7a9d38f63838111948dce2387af40f5e0ad64dce537fe0334597b72ec9d142f228e859577e4e03151c47e75f5dd0b2960867fb31bd00f947fd24eb6518d9de0181f984fc5d2437620e793f87204d690548433d1856037e71e832f73ef6090f090a6531bcc250042038bb51b999aa5747e8b5f0a8aba5c5621a41318d9a0a2c756a044cbfbb7000f6ea231c023eb22d14a35b6f31898681f38405ad8b96a6ec04827a74adca3bc9cec9e7a9de7724c909184bbc7073b2194505898596d65ee61e3d64800007c9c065f933ad4440a99527028faee6b53f74cc920ea7f4201ffaa8c40e87de241e46f83f0cdab12748f8115db0aea92ad1c646921b2ffe1f97ec6d9c4ea4dbacdd4f01e340b6401a78bec3179375ab8b0b33c9ad6717ff8570f7875d78b93b5848ddb43083b9b094bbb38cb4a3d0a69ae81a4f8ec2731ce494038ae919c2d40611079e975e726f5eb1a9bee5876bddb1b473be2931aeb756df21579a2f632fdbd9e49d2effc2b26e8104b7d15966b8156ce439d0ee0cc9895ef5dbf81476f876ff60dec1ac6fc7d05c75e062c54b2a43b5bdd72bfe52d61ca7877d5695a016edbd85d452c536ffa6cecc25d7532491ee91007f037cc00e3e7959aaea90ea4c596e52fb8af9d20cca38e8f134ff7651265ad766fedd448e14db90ac8a0bfffc1cac5806dbd7dfa4660a4f22ca9a7fba1dc5b34f4535e4c32082cbec30795af86cd67304f065cf7386be4ee0450fc543aea90e6bebde1ed01078904468d8cca20b863ed807e2dda6e94418136845a30de6105ed7e2c7b83d25d14857de668b889f27c464acce63eeb5d49bec7dd4a03c5ad5b151042247e255b89ef19e912583335377ba25cbaec50c2fbf07c16aee2417fbd6f592527d07e320fa776ff4a9a8a47beabcc606e8273ddd7a19bdf2382'::BYTEA, 'console', 1796091697688, NULL, NULL, 1796091697687, 1796091697688, NULL, '\x02c413966fb60467fcff88fb0dcf9841ecb23d6ce311634311843259c982450a4b87818796f5ea292e992754d3b35cb0061d3bd70ca9cd4024820377d6cc458f7a999e0f15'::BYTEA);
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
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\x6499f847fb86ef12b9d28ef6ea2f995f'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698353, 0, 1, 1796091698353, '\x03041226c0ba204307085f49c1c8f01b21a075a7e4bb4c8215c48c4e79449ebfa1508f2f93c471c75b04d61b96329d232b132e6fca2827a31c2f7e97af56190b7e854a9f2a58c82d8ac9e493f84eec4c08d1661c7aeced2986fb554cfbd25515635ba13145f9af8049a67e2df1a69861810a8df7f992e1fb8324413c2b3452a8b915a38dfa45a72ab2ab3155da82fd7b41b9d84894651d4c1847c6443fbd4f282d909559a0207a50285e3fae1f051e2b9754dccfe04a2b197e8f3c042dc43a3dec89f4749f1fe088ee3fa6509e71eb8997e974323f78d4d4c20ec6307630a881ddae8678fc8efc912ff2085658f17dfb887b7e881117b799d79708b563160f15ba7949c65e0fc8038380c27951e0423bc85440f9b4250c3f6544465f95009e0a9b6547fa391ac9bdd02cfa31341fb3908f4f690ea99cd30ddff16bb53ad99a66c334ec62ef9fa38104c6d8'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xa5769b38454eb1d35f42758a49f2bd4a'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697687, 0, 1, 1796091697687, '\x030803f713853f931788a0f6c66208954477d8ebffb77bd065a89cbb077851d2f601c5deedd52b88faed3e5ad21139cdedd6a9dc21276b42bae07176fc7abd57dce4147d69e1c61b471880a774f875ad035b7a20783110e671b24b5714569272ab30f9e90c3d10bcb470e04a133954546c7a2e0d5f247084e353f95dbab724ea93693a5a54f455a61ace734c2753c1b8580192d6fd3e076c4bba3467b920b1a056befab7d876ca6f563d87b38b10961c529957fd905dba6eac7a79d98ff647ab8d8e62a107d3f263229959f1066d1507c105628b5614a7a722bbfc74cbe4b03f35083a13ced5c3faecb8210d9007c794180d148079a13edff3deed6e2e5f2a527c66691be0ee266490f33cc46bec0b0fdebd4aab101d5b8a09d28893029b56ec48433c3aa9eb6ad57d37e301f7498c'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xb6aff8858a6de5004b320d71e924ba6a'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698375, 0, 1, 1796091698375, '\x03041226c044e19f55e9efb1e74e65b2fd90d4be4e185dea3a544a4272d0294d3b3b9d7f47906b717922c80ee16ce2f6b003d21a85b5691af67edfccd54259b9d72ba5e81a75c06af8f0c6d18ff9dad657075eec588ec8d2aa00a55532d676b2bb09d94773f996fc09d42faa5a4cfa19a030a93507b9dac70a00cc49990c419edcd80ecac8472cda9a8c44d2b88b4b50f080b6668b291ffe95437ed3a14fa57087b822af325905827b41005e06ef00f80fc8e895a6316f6d65351ec76ad0f3d764c4db2689bf6bdd675f62a1b9e44aa82163a2aea5d4f08438328063934d7077d91a4ce884dc0fa01d5375a3d9ba0a6aff8585f408927c6ffcdce08ca60d6462f01848127c69b2615e8af9369d5f88e3430d11eee98eef539db39d5d61fe4faf1d540eab408659f864e2db2202f7948d7b792a5cdfcbaece6f4c'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xc4afedd33740de9020ce6f23c20964db'::BYTEA, '\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698339, 0, 1, 1796091698339, '\x03041226c086e1f186ac384af326d301eaf8fc10f0d5241e83e2995691535f9f73c153654fe4f866b12ae3bd4adfaa01fe41a66d82f841474311082feb338201a4b323d0b908e742cbb16dec3736e3c2a93d58517994ce450a9bcd4daac4b1a505a8a911c0541b8e6c0eb54bcb300acda07c3808684e6c47cd5bc463598d0062596b45be396ec0eef418ec5147d86e51edd1f3dc227143c2343cb0f329da58414598c148717bb488d5c3e7d6ee52a38d4add364930291014feacdc53be18a86e84abcd58591b5eba4a9510a1e96d7c336cb76b439c532409e1b45721f1a3fda4f77bff1b9919a144838263552353ceb6bf00acd25091f451a5f713f6c1663700785cc0ce1b1754494752f852b5ecdfe8953dd265f7ae9833d3d6319a1892174769d4f79bab479c09'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xc7400d1487e84b48524dbe7faabd4f8b'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697656, 0, 1, 1796091697656, '\x030803f713d1bc94922763171038695875b20459d7b68caa006e07a2f5cc0b57901e5f67f7a40091434b54f3fc296309861cb33da15faf8d0fa5ac71e773962e81ca48855c922ddec62620f03804ddff9aadbc717e99277d25d8bc7a95a65efbf10028fc366390c666b5f9a44a6ec13d3478556e367bf8934288970095a9042085fa2aed0d48fa5a12f76170030b6b11e3e2f5ba3899bb0ea3676d2264ae8cbc6846192ceab76baa919afc65cb1bd722aae967f5991b323f407eb4635e785a89816d4a2365ecddf145b82fb247b232f7bf7edce361222b2d2c7ebcd23fbb1e21772327c2dbe2f3e2daf08251652f9428995ebd716dff94fc0ca11afb1816ba44ab0287014618b869d7d40f3a43ba9dff4aa6f5a96725da535ef9ce60a6d3dbf9108ad7fc562ade004b4f882262eacbb509d06c1009cabdcdda328044a8ee008d6a81726da45ce7156e35f4e0'::BYTEA, NULL, 1);
INSERT INTO "inbox" ("id", "conversation", "seq", "status", "attempts", "received_at", "event", "error", "alone") VALUES ('\xcb06f849d5822ab33f46181ece96af3d'::BYTEA, '\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697639, 2, 3, 1796091697639, '\x030803f71326cf539d9c1d4f465f7122ace5f6fb017bab67464fffcc86fbe147e71e5989f3a72f3c9315e531604ad387362bfe15f090ce5a5cf44b6cab5eb59aa7ac65a97722d57bc11567687676bd10c395a2dd8901254bd2d5c8f4971e3b6df64bdab1a967ade05d3003fc693deb3a7da86108a2e3b274c0ecab3fc531e9ebe681c89286e727a7f968dc0cf7f2999d97a1f752d857870fb1c1bcfb733da4af0d5346a4b0d651ac6218b2b8908849855183f17be111bec6265cf4c31932790a9ae194158a9fb2e8ad7929501afcdc8eec11e0ac46ee8427108687e31d251b23a4fe36954a18ddba76fc848f0ed4d933e8df4a5821e0960497e32aef8ab853e3a5f91d201b350ee6b784f1cc79158a5a1c3f088a2ab70f0676d5fccb1392613be828e528dc83ae90acbc'::BYTEA, 'ValueError at dialogs/rules.py:1', 1);
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
INSERT INTO "list_imports" ("id", "promotion", "kind", "content", "rows", "imported_at", "data_key") VALUES ('\xbff948945f2d7d14256077d7d3063653'::BYTEA, 'january-surprise', 'purchases', '\xd8a943412c3598c7de9d3fc949f1fccf'::BYTEA, 2, 1796091698551, '\x02c413966f161bfbf325bd3e958341ade2fe6ccc89c5963c9b246836d239383f9447051dd99cec5fba43331813ed5c32b6b29c8a2580adf7af8df68df171bf07014b7167c3'::BYTEA);
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
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xbff948945f2d7d14256077d7d3063653'::BYTEA, 2, 'january-surprise', '\xb680ab6f1aac9ff30b8c31e84a24c2b7'::BYTEA, '\x13b87415f63bcb153fbfb9b19eea41f6'::BYTEA, '\x0800046f1749ef31f8b82e972aea731a'::BYTEA, NULL, 1796091698551, '\x0342166bdebbb30d08b98e05475f286e665ddba57e2f59c71542ff978bd311049b35ec155d6f8de710f2a445f978eefd656035e1e79bb4f6f23e4b22d902ff88fd8a73d712ebfb42244b46de5dc605d1f28ba6f29a10ef1b5df566ff65270eece6b063b80ff1a307e483ed0c3b1532e7318edd4d6fa9a6cd787a67c95ec18360854ba3eaf111941308622ba13e4bfd6c0d00025ab439f5196f6276223a63f969'::BYTEA);
INSERT INTO "listed_purchases" ("list", "row", "promotion", "identity", "content", "phone", "account", "imported_at", "payload") VALUES ('\xbff948945f2d7d14256077d7d3063653'::BYTEA, 3, 'january-surprise', '\x00d31c4f14a4bb804ffa94e8945b6a9f'::BYTEA, '\x841113436be07fa371ae3c85888e69b1'::BYTEA, '\xa3a1157237e6372300512612f33ff479'::BYTEA, NULL, 1796091698551, '\x0342166bdeadde8272836e69271ac73d1f1f29b96ced8295c246f66fc940bfbc16ce31e6be5d80ff6265662aaa330cdce7de49f8547cb065ba22ac5b0cf0cd8d7d08531d8db30bc6818eb152e86854f342f1d11ad632b5e58865407efc3a02aa7060fe937482bfde90173a47ccb62a14ca71ce9764a49d1c752096e4fd41b1ff882daefc0ec780433f4cac15d3011aef4dc561684286c0e0c530869d7e2dba58'::BYTEA);
CREATE TABLE notes (
	name VARCHAR(64) NOT NULL, 
	value BYTEA NOT NULL, 
	CONSTRAINT notes_pkey PRIMARY KEY (name)
);
COMMENT ON COLUMN notes.name IS 'small facts of the installation: key sentinel, update offset, ...';
INSERT INTO "notes" ("name", "value") VALUES ('key', '\x02c413966fe650ca479cf99d5f9beb5f19188802a4c76f8469e6f99aae22142c1d28ff994779476bd6d75afda60092d567fe'::BYTEA);
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
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698340, 'console', 2, 1, 3374707356052511116, 1796091698339, '\x03041226c0568dcb9d4722412d22961e5eb5e3e2aa1049036f2bfd4b0f1f8804ec11bd6d332b8eb52bd5ac3c0937dd34aaeb17524d2b78c7f0146e736e2ce64d2b8911f101a32a353bd93304c64068baa2ddd4da89d5d831cfdc45ed21be94ee2b981899c6713ef30086e7fbb0d9c43fd6ac6bd97f4a5ef2a49d25b302eabc613822bb1fcad8f5250350a01cd2185213894eb61089ccd04c04ed3b7b44e63bf0fe1505279b6f939a5feafe78ceabb299dcb3e3d8c57921fb0e0f151053cf0409a18eba31de4391e070a3508010eae3fa2fd5beb41d2897a8b683e6044a03d506849bb34fadce352d30a77e5a0cee0da535f35495670c370fd975ba4580e0b0000070fb8be4b34affac29b8aba91a0493fbf1ad2660c4b97461f490ac3111edc1155210eedfd2cd8b00759780227f718d69efdeb8fb4cd254ca049b6eebb20ef4b5f1daf846b9c403842f6ef83ea4c55c91e829df59d97190354138738a397ea64b18421921b3248116f6e31f7ea136e85d07cf0413a35eddc00620056fda83e84c356cfd31f179578261dc109579b2e3cea6400a56504d7c1daa5031179f8652c616252930dee5aebb2c06553eaa351b713704c36c3eceb43401c91279e06d588062442007d72caa5ecdab8115e54f8d44abcafd504e15adf8a58536df3a0a693b8c4d0064dcd1af0fcf4db9af32a2f71f263960ef0fb68591ca83ddfb60b05ff299c722f7c52b72560562b2902420654770361fbc5f35e59faeea6a7c9c26fcfe38a51a7e031ea38e11dc394f2b587242e3b7f4042cafb5ac125502547370d94e04df467cc0401eae70e70cb7f56d2e42308d8cfb28303ff9fbe5d4450c389a29e3730a2db8379d0b2c11a1002483f32fe52d196c9f92c4c933fbc07262f35107c440674916b0bb49bebb439af35fa7af8b127503edd427b4f8f621c4d42f0d83c09bfe1cf169d266501e0d333f047c063539d7708ead0f68fe42be48e164b1b5ec8fcd35a8e70865d5fa36e89fec55412a198a4c2498cf545255ad665a66cd43090857687c6c0c6802c865baf1aa6c38e513b8ba9e116f2586a809e524c7650e77c0a98a0abae75f526036bd8077012ea2166780532cc809141ffe002a50df6625c61b4ac4847b3d89b69ed8e36e8acdd8248dd761773fb3f72503e95bae0fa89d31a16cd920979ce69a8f1f012b7571ca2acec2b9e34e057834efa116e6eab87b9b830d1db167964a7e56cbd30d80f7d5c5e657c9400c6847bd08'::BYTEA, NULL, NULL, NULL, 0, 1796091698341, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698354, 'console', 2, 1, 3374707356052511116, 1796091698353, '\x03041226c070bcab1decc1488968588e3facd223579c8f16022335606e0280139d430a32166fb406031032ef0b8cb0ccde382610b5027622f517fe5a580a35117858a3a6de7f501f99f6379bb1c51f54b16db7b70f7b858e202719b6f37315893478be004bb21dfc0290009b1e79b467bf70a158e804ccf7e39b25300c53f0eefa13c578860670cb28c6ddb8e7e3cc206e115265fff2481a7cf2aa1b896c5138bd567a2cc2488fefefe548d06d7296b41c0ecddab840c5e413b506c611e9c1b05ab3a5cfa82161ab77c7e9c64356a96556a3068ffb6590db9acfd412a650a739e55b58d7b5170e6f0a1cbd1dc35163c2a3e762fc3e05c5e0455b9efaa109c2e4cde18b5c64f93d26cdefd3bf1150abc4e40790307629a2c19a3e0c584ba612'::BYTEA, NULL, NULL, NULL, 0, 1796091698354, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x28406e941ec4f40757110f5c9b9f1582'::BYTEA, 1796091698376, 'console', 0, 1, 3374707356052511116, 1796091698375, '\x03041226c0d7b26878f226cde525f24d474a538bab9fb30d0c45745f81e05924927a3069b275da28acccf27b737eecfd2e0258f589e17ceadd4c62861fa24a813afeec6eb6f788a00e85e638cdfafb295d41c34bfe134f1b1e329614d36b0d84439923f649ba0f8e5db05913a081323ed88077e7e693c615a2f378d096632e832a607f82d03ede769c70e0f83e12d39e93cc6217a3973c76c30e6e8b560abe7635d02636c6a179bc39ec9f4ea4ee718b7d80914181baec2b65f33c48614a6f52367dd1c79e2146525d41c10b76c2d767b8263505178a79eaa5df265820f183b8b661b5ce9db3f6af182ba8a16a057083792e22874655c7d3e6b22ed701d961afa7ecd2f77013b6e2f8cdce146911e0265f80fad085c68cdfd045a9919172558aaa77c9dbf29b2e6c24e96aaaa86d7eeb6c926f688e8b38d2c9a49dfd292bdebbb541f9d7bfdda61c5e24409d13bcb7320fc125c4e439138fc41f9ad77b0e9fb38a9d3fa81b5bd2f29e87dde2eccf5485f6dc84d9f89d7d0dc5b22f13edf43a8a4b490c4020e53db996d9980c92bbf7476484b5307ab1949d808b42682459ea8e543d480915b92d5701a11b627e'::BYTEA, NULL, NULL, NULL, 0, 1796091698378, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697640, 'console', 2, 1, 238053784709892087, 1796091697639, '\x030803f713219bc821ece36e51bb237ff7adbe78370a3ca0fa5efa796a225343805daefa40ab718f7299107c2a776240d8435ee1c0fca079b2c8ecf162d23506553bef38bf2519c03ed36157709c53dfef228ceb07fb76e2be7b68d2929d4a280d95b999b8a4362155ac440ec649bd5809c78387fa8836038a60c07cf4113c0fbe1c32500055c91b26178ab59f14b0d1c3ee4ddb4efa3053d50bc2c3b8f0a30055e5cbc3866bfa79c8130a74d0b906a3476c10af87f5a19c843a4b8cfb5a723b8878d8a9261a1bd51d3f4c36756035aa75a4886bf35aab54d1b0278522dc0edbb51df2fa0e176f6a26a8aea74ebf4a5ad57b53e7046a1cea7af4accc04bc583f18ba97b49359df58d7479574a1843bca570c05e58a1e711a8c35ceab37eb72146bed1e028c02044182bb0286353c5d2f74e73be42c1d19160eba6850b68d5932cb7b7d5a0c114523c38450613d95b9c36ef3bc95f9d387bc1af2eb703da05274d1832cb7ab64fe31b6c5307b3df56dff778b042759db2b31f96efe5445d5902d9ab245809cfe41472dd3a72bc6c0810e3b8459d7eee50bb1ab1e5efb33c9eadaf575a355658b88e7494042b7a251a924770f76beda1a0914342d986dbba954d4d439ddfdaaab00ca9c30f03c42f0f39bbe04d62187958da4c5c43a4b41c9eb5fabb22b58c0677abf4a24b8bba3d530bdefede536dd61db14740f0c16b5c940888438877234e0c46c3133719f5cdcffc45d7f2a9e758340730ec1812066c4041b69ba29d771a7474064cad6b57b08c898b80ef5449735367ae5dbf6715fd54b9f3f44ef1ef9b93fb0a1d30aacad657f2e7f911e6482b58e9cacf817422e604d20455f40498a3343351313b38352efd64aafdc1c024b888616f91186e38cc579188aed4de973031ffd26ed27779494431a708b0d1382fe4d104a1f27adfd18fa976de8c59d4e95e477185c67173e993281d99a00e09689eb6ec427d572cb6984f8e87d40d2a7740261439fce6d4cf186c977ff9fb786c364a845ec546d9a26db7752ad40aa449db340a63df4a884ab6bc376d232951e91fe11924c451f5bdc19f63d2012011f8be03f0911d961b1a9935df284823c0ff1a81c23d9c4f5ab16a81a45776b46eba6a5463eac369f22a581bc14287d67fd4229ff7baff9db8653ffed6679dc286278acc3e277c8e352e765ee059fae12aea4dd269dd0b5fb93696afb90'::BYTEA, NULL, NULL, NULL, 0, 1796091697640, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697657, 'console', 2, 1, 238053784709892087, 1796091697656, '\x030803f7138e6040b0a267cf82c1ab78e51b14e0bd306bd84697e277acb36864e6212e2d0587a96325dd289270e8b2470ca2106961a4a85d590f0d5b529127176bdaea3c7f4f0151b5fee93a9724504b12afd29855a5e39bae0c255844947d24733c3c80fc130f5cd0eb7db5e057090e106fc3e6432fff454d324ae115bb9472a5bd2b4dd7224e828f2f3b26eef4c4ca6e04586e433635c4dda22c9b4e4420f1bd1ad6083459ac2e717aa9daf3880c4966d0bcd072642702ec3adde64f4bb46441fdf6b64e5139b271e5a664460761241af5d250a2a42dc2c1199f0d839b200ec489e75ed9f9c3ac0eed49c14f8b2fbbc3b31e56f0a4ee3a235f2c564a9476c12db7beb1e0ce442ee580f9cd5f8b7b4f4aeec6f6c1be6a4f1ddc2ec7913412f78f5ce66498667d56f50a00cbcc9fdc6452a392f178782d159117aeead461ece8dc2223f1fec1f6554c29841431557db049a3946351ad43df5e10c21c830d94af764dfd867876ae78b218c4a86b98c4ccf550e777110e9244a5c832538a325ea6c73015cbb1b2710533a8077edddb33e53bd101fd24e73b6bcd2994185c16af4da44177111f4afecdeaa73e777116e4f2b4e2cf48d7980946ea88ba9dc2f3d20975ae0fad9f5ef5d0465a06fd056d3d512608e0355d43d27c8afb74ccf829ec0535724ea7244271174705ea82c20740c197971e6e70efcbc50694c39d05b470c82b3cdb7c354480c8dc8372bb1795ebc800400076b3ee6f228c00f6631ea887dc7fa666cbf8ba8ce3648ff03670ee4e71c0abc1e82139449a71a17db58dafae312174'::BYTEA, NULL, NULL, NULL, 0, 1796091697659, NULL, NULL);
INSERT INTO "outbox" ("conversation", "seq", "channel", "status", "attempts", "owner", "created_at", "payload", "provider_id", "delivery", "error", "wipe", "due_at", "event", "previous") VALUES ('\x5e24e3641488ba0368ab558e64bc7345'::BYTEA, 1796091697688, 'console', 2, 1, 238053784709892087, 1796091697687, '\x030803f713f35f02caac3d37030a572769df40b7b8b672650516c39c6f8002433e47a7a5c34e04c969663860febf9b54b022117457939fa091dfaa4ccb99bbe348bc9958993f5109332bfd72ef6f5e160c13306bb3dde8492b4d06ca7638b946367d876381073d0f2d91dd9f4e855af9a94cc1e1a92a9d881b7eddf8ae62ddf343ce80741e446c52a272a016f02b6a52fb0f3103dd37ea00a73650dd0bea22d4f40c33b99ebb11fcbe0285efe5f2b46bff355d9e98ad3de9168dda6d2fcb6f714b06d9fdfd902b8482fc3b396cb05030187e48df0a4c353338101abc1ea5b39e015e512f4f7bcf654ddfd95e94024bd501552603bc2c58da55500b129a23babb7400d2c4f80676f8fb99dea78b5e1be115c178d81be71feb8f582fc58b115f170ca730d49d3d0a0d59463bbc66128abf90bb65ba5696e2fea7450f2a9d6e80d16f7b8502112008925315b16073800f333e6ec97b787b8a6eeed488871dfef5a9dcf86469f108beb57e102a9412cdafd70c0287832ea5542590b02077d43f3e9f5b30d6679896704b645431fd28cb15de5fce0b233cf871286205e713b5052f62b765dec534941c827cc31808321554003c644b9941ca815932af8028c7e030ccf71d72e2ccb0fff95d819149224f2cef91558590a5633ceb618fad81580482b03e881a8d9521455bafd3225b1ff1ac4533b28236f3ceee749527313cde83adbb3259bc'::BYTEA, NULL, NULL, NULL, 0, 1796091697688, NULL, NULL);
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
INSERT INTO "question_keys" ("owner", "data_key") VALUES ('\x8049f04c61bfb5a2b4de7723a63befd4'::BYTEA, '\x02c413966f6b9a90f617ac3d592ffd2be0aa44816475018feb001c450852d3b80e255c97d629d94729820f6dcd4df8d6ad6e5bcda91099b35cd7729d770f386da9d387054b'::BYTEA);
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
INSERT INTO "questions" ("token", "asked_at", "promotion", "language", "text", "result", "clauses", "vote", "owner") VALUES ('ChnzpXQ3RSd_2bM3YMe3yw', 1796091697656, 'seriktes', 'ru', '\x037fc87ee2b72fe7fd1777f48f9c02403d3a791056d31c1ce8b11a95bfe0c446beef87aad93442d859c27d4aaa924de8ba6162688e136f435829cfefd8de9107cc8e142c212a'::BYTEA, 'answer', '7', NULL, '\x8049f04c61bfb5a2b4de7723a63befd4'::BYTEA);
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
