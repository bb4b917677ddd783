-- A progress file as version 2 of the schema left it, written out by iterdump; states.json
-- beside it has what that version folded it to.
PRAGMA application_id = 1380275012;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE log (
        place INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        id VARCHAR(40) NOT NULL UNIQUE,
        kind VARCHAR(12) NOT NULL,
        profile VARCHAR(120) NOT NULL,
        item VARCHAR(200) DEFAULT '' NOT NULL,
        version VARCHAR(20) DEFAULT '' NOT NULL,
        at VARCHAR(40) NOT NULL,
        body TEXT DEFAULT '{}' NOT NULL
    );
INSERT INTO "log" VALUES(1,'000000000000000000000001','plan','local','','v1','2026-10-01T10:01:00.001+00:00','{"day": "2026-10-01", "interview": "2026-11-30", "retention": 0.9, "new_a_day": 6, "a_day": 40}');
INSERT INTO "log" VALUES(2,'000000000000000000000002','review','local','why-shortcuts/c','v1','2026-10-01T10:02:00.002+00:00','{"day": "2026-10-01", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.8, "seconds": 40.8}');
INSERT INTO "log" VALUES(3,'000000000000000000000003','review','local','why-shortcuts/b','v1','2026-10-01T10:03:00.003+00:00','{"day": "2026-10-01", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.8, "seconds": 37.1}');
INSERT INTO "log" VALUES(4,'000000000000000000000004','review','local','why-shortcuts/d','v1','2026-10-01T10:04:00.004+00:00','{"day": "2026-10-01", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.5, "seconds": 9.7}');
INSERT INTO "log" VALUES(5,'000000000000000000000005','review','local','why-shortcuts/d','v1','2026-10-02T10:05:00.005+00:00','{"day": "2026-10-02", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 35.3}');
INSERT INTO "log" VALUES(6,'000000000000000000000006','review','local','why-shortcuts/b','v1','2026-10-02T10:06:00.006+00:00','{"day": "2026-10-02", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 39.7}');
INSERT INTO "log" VALUES(7,'000000000000000000000007','review','local','why-shortcuts/a','v1','2026-10-02T10:07:00.007+00:00','{"day": "2026-10-02", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 37.2}');
INSERT INTO "log" VALUES(8,'000000000000000000000008','review','local','why-shortcuts/d','v1','2026-10-03T10:08:00.008+00:00','{"day": "2026-10-03", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 35.6}');
INSERT INTO "log" VALUES(9,'000000000000000000000009','review','local','why-shortcuts/g','v1','2026-10-03T10:09:00.009+00:00','{"day": "2026-10-03", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 34.7}');
INSERT INTO "log" VALUES(10,'00000000000000000000000a','review','local','why-shortcuts/c','v1','2026-10-03T10:10:00.010+00:00','{"day": "2026-10-03", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 37.0}');
INSERT INTO "log" VALUES(11,'00000000000000000000000b','review','local','why-shortcuts/f','v1','2026-10-04T10:11:00.011+00:00','{"day": "2026-10-04", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 35.1}');
INSERT INTO "log" VALUES(12,'00000000000000000000000c','review','local','why-shortcuts/a','v1','2026-10-04T10:12:00.012+00:00','{"day": "2026-10-04", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 16.3}');
INSERT INTO "log" VALUES(13,'00000000000000000000000d','review','local','why-shortcuts/g','v1','2026-10-04T10:13:00.013+00:00','{"day": "2026-10-04", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.8, "seconds": 30.6}');
INSERT INTO "log" VALUES(14,'00000000000000000000000e','review','local','why-shortcuts/f','v1','2026-10-05T10:14:00.014+00:00','{"day": "2026-10-05", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.8, "seconds": 18.7}');
INSERT INTO "log" VALUES(15,'00000000000000000000000f','review','local','why-shortcuts/d','v1','2026-10-05T10:15:00.015+00:00','{"day": "2026-10-05", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 36.6}');
INSERT INTO "log" VALUES(16,'000000000000000000000010','review','local','why-shortcuts/f','v1','2026-10-05T10:16:00.016+00:00','{"day": "2026-10-05", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 29.7}');
INSERT INTO "log" VALUES(17,'000000000000000000000011','review','local','why-shortcuts/b','v1','2026-10-06T10:17:00.017+00:00','{"day": "2026-10-06", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 33.2}');
INSERT INTO "log" VALUES(18,'000000000000000000000012','review','local','why-shortcuts/f','v1','2026-10-06T10:18:00.018+00:00','{"day": "2026-10-06", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 56.3}');
INSERT INTO "log" VALUES(19,'000000000000000000000013','review','local','why-shortcuts/b','v1','2026-10-06T10:19:00.019+00:00','{"day": "2026-10-06", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 36.5}');
INSERT INTO "log" VALUES(20,'000000000000000000000014','review','local','why-shortcuts/f','v1','2026-10-07T10:20:00.020+00:00','{"day": "2026-10-07", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.8, "seconds": 43.2}');
INSERT INTO "log" VALUES(21,'000000000000000000000015','review','local','why-shortcuts/h','v1','2026-10-07T10:21:00.021+00:00','{"day": "2026-10-07", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 51.2}');
INSERT INTO "log" VALUES(22,'000000000000000000000016','review','local','why-shortcuts/h','v1','2026-10-07T10:22:00.022+00:00','{"day": "2026-10-07", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 1.0, "seconds": 41.5}');
INSERT INTO "log" VALUES(23,'000000000000000000000017','review','local','why-shortcuts/e','v1','2026-10-08T10:23:00.023+00:00','{"day": "2026-10-08", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 36.8}');
INSERT INTO "log" VALUES(24,'000000000000000000000018','review','local','why-shortcuts/h','v1','2026-10-08T10:24:00.024+00:00','{"day": "2026-10-08", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.8, "seconds": 44.4}');
INSERT INTO "log" VALUES(25,'000000000000000000000019','review','local','why-shortcuts/f','v1','2026-10-08T10:25:00.025+00:00','{"day": "2026-10-08", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.5, "seconds": 56.7}');
INSERT INTO "log" VALUES(26,'00000000000000000000001a','review','local','why-shortcuts/b','v1','2026-10-09T10:26:00.026+00:00','{"day": "2026-10-09", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.8, "seconds": 8.2}');
INSERT INTO "log" VALUES(27,'00000000000000000000001b','review','local','why-shortcuts/c','v1','2026-10-09T10:27:00.027+00:00','{"day": "2026-10-09", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 1.0, "seconds": 18.6}');
INSERT INTO "log" VALUES(28,'00000000000000000000001c','review','local','why-shortcuts/h','v1','2026-10-09T10:28:00.028+00:00','{"day": "2026-10-09", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 14.2}');
INSERT INTO "log" VALUES(29,'00000000000000000000001d','review','local','why-shortcuts/e','v1','2026-10-10T10:29:00.029+00:00','{"day": "2026-10-10", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 50.1}');
INSERT INTO "log" VALUES(30,'00000000000000000000001e','review','local','why-shortcuts/e','v1','2026-10-10T10:30:00.030+00:00','{"day": "2026-10-10", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 1.0, "seconds": 27.8}');
INSERT INTO "log" VALUES(31,'00000000000000000000001f','review','local','why-shortcuts/g','v1','2026-10-10T10:31:00.031+00:00','{"day": "2026-10-10", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 13.3}');
INSERT INTO "log" VALUES(32,'000000000000000000000020','review','local','why-shortcuts/d','v1','2026-10-11T10:32:00.032+00:00','{"day": "2026-10-11", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 17.8}');
INSERT INTO "log" VALUES(33,'000000000000000000000021','review','local','why-shortcuts/c','v1','2026-10-11T10:33:00.033+00:00','{"day": "2026-10-11", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.8, "seconds": 20.5}');
INSERT INTO "log" VALUES(34,'000000000000000000000022','review','local','why-shortcuts/f','v1','2026-10-11T10:34:00.034+00:00','{"day": "2026-10-11", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 36.1}');
INSERT INTO "log" VALUES(35,'000000000000000000000023','review','local','why-shortcuts/a','v1','2026-10-12T10:35:00.035+00:00','{"day": "2026-10-12", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.8, "seconds": 54.5}');
INSERT INTO "log" VALUES(36,'000000000000000000000024','review','local','why-shortcuts/g','v1','2026-10-12T10:36:00.036+00:00','{"day": "2026-10-12", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.8, "seconds": 26.9}');
INSERT INTO "log" VALUES(37,'000000000000000000000025','review','local','why-shortcuts/g','v1','2026-10-12T10:37:00.037+00:00','{"day": "2026-10-12", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 15.5}');
INSERT INTO "log" VALUES(38,'000000000000000000000026','review','local','why-shortcuts/h','v1','2026-10-13T10:38:00.038+00:00','{"day": "2026-10-13", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.5, "seconds": 11.0}');
INSERT INTO "log" VALUES(39,'000000000000000000000027','review','local','why-shortcuts/b','v1','2026-10-13T10:39:00.039+00:00','{"day": "2026-10-13", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 0.5, "seconds": 36.2}');
INSERT INTO "log" VALUES(40,'000000000000000000000028','review','local','why-shortcuts/f','v1','2026-10-13T10:40:00.040+00:00','{"day": "2026-10-13", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 6.4}');
INSERT INTO "log" VALUES(41,'000000000000000000000029','review','local','why-shortcuts/g','v1','2026-10-14T10:41:00.041+00:00','{"day": "2026-10-14", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.5, "seconds": 39.9}');
INSERT INTO "log" VALUES(42,'00000000000000000000002a','review','local','why-shortcuts/f','v1','2026-10-14T10:42:00.042+00:00','{"day": "2026-10-14", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.8, "seconds": 11.8}');
INSERT INTO "log" VALUES(43,'00000000000000000000002b','review','local','why-shortcuts/h','v1','2026-10-14T10:43:00.043+00:00','{"day": "2026-10-14", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.8, "seconds": 31.6}');
INSERT INTO "log" VALUES(44,'00000000000000000000002c','review','local','why-shortcuts/b','v1','2026-10-15T10:44:00.044+00:00','{"day": "2026-10-15", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 23.8}');
INSERT INTO "log" VALUES(45,'00000000000000000000002d','review','local','why-shortcuts/c','v1','2026-10-15T10:45:00.045+00:00','{"day": "2026-10-15", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 6.3}');
INSERT INTO "log" VALUES(46,'00000000000000000000002e','review','local','why-shortcuts/f','v1','2026-10-15T10:46:00.046+00:00','{"day": "2026-10-15", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 0.5, "seconds": 43.0}');
INSERT INTO "log" VALUES(47,'00000000000000000000002f','review','local','why-shortcuts/e','v1','2026-10-16T10:47:00.047+00:00','{"day": "2026-10-16", "answer": "none", "score": 0.0, "correct": false, "rating": 1, "graded_by": "exact", "confidence": 1.0, "seconds": 52.5}');
INSERT INTO "log" VALUES(48,'000000000000000000000030','review','local','why-shortcuts/e','v1','2026-10-16T10:48:00.048+00:00','{"day": "2026-10-16", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 25.2}');
INSERT INTO "log" VALUES(49,'000000000000000000000031','review','local','why-shortcuts/d','v1','2026-10-16T10:49:00.049+00:00','{"day": "2026-10-16", "answer": "none", "score": 1.0, "correct": true, "rating": 3, "graded_by": "exact", "confidence": 1.0, "seconds": 34.8}');
INSERT INTO "log" VALUES(50,'000000000000000000000032','undo','local','why-shortcuts/d','v1','2026-10-18T10:50:00.050+00:00','{"day": "2026-10-18", "undoes": "000000000000000000000031"}');
INSERT INTO "log" VALUES(51,'000000000000000000000033','bury','local','why-shortcuts/a','v1','2026-10-18T10:51:00.051+00:00','{"day": "2026-10-18"}');
INSERT INTO "log" VALUES(52,'000000000000000000000034','suspend','local','why-shortcuts/b','v1','2026-10-18T10:52:00.052+00:00','{"day": "2026-10-18", "suspended": true}');
INSERT INTO "log" VALUES(53,'000000000000000000000035','reset','local','why-shortcuts/c','v1','2026-10-18T10:53:00.053+00:00','{"day": "2026-10-18"}');
INSERT INTO "log" VALUES(54,'000000000000000000000036','review','two','why-shortcuts/a','v1','2026-10-18T10:54:00.054+00:00','{"day": "2026-10-18", "rating": 4, "correct": true}');
INSERT INTO "log" VALUES(55,'000000000000000000000037','mock','local','','v1','2026-10-18T10:55:00.055+00:00','{"day": "2026-10-18", "session": "s1", "seed": 3, "minutes": 15, "role": "junior", "language": "zh", "mark": {"question": "why-shortcuts", "path": ["a"], "mark": "partly", "seconds": 61.5, "notes": "\u6b8b\u5dee", "flags": [], "points": ["free"], "confidence": 0.8}}');
INSERT INTO "log" VALUES(56,'000000000000000000000038','prediction','local','skips-56','v1','2026-10-18T10:56:00.056+00:00','{"day": "2026-10-18", "run": "r", "said": "plain"}');
CREATE TABLE states (
        profile VARCHAR(120) NOT NULL,
        item VARCHAR(200) NOT NULL,
        fold VARCHAR(40) NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (profile, item)
    );
INSERT INTO "states" VALUES('local','why-shortcuts/g','1/fsrs-6.3.2','{"stability": 0.5311796082245611, "difficulty": 9.123333721627157, "reviews": 6, "lapses": 2, "first": "2026-10-03", "last": "2026-10-14", "rating": 1, "today": 1, "hidden_until": null}');
INSERT INTO "states" VALUES('local','why-shortcuts/h','1/fsrs-6.3.2','{"stability": 0.2800527087918749, "difficulty": 9.69624961919152, "reviews": 6, "lapses": 3, "first": "2026-10-07", "last": "2026-10-14", "rating": 1, "today": 1, "hidden_until": null}');
INSERT INTO "states" VALUES('local','why-shortcuts/f','1/fsrs-6.3.2','{"stability": 0.18036888133084683, "difficulty": 9.944431446693962, "reviews": 10, "lapses": 5, "first": "2026-10-04", "last": "2026-10-15", "rating": 1, "today": 1, "hidden_until": null}');
INSERT INTO "states" VALUES('local','why-shortcuts/e','1/fsrs-6.3.2','{"stability": 0.8360219757632427, "difficulty": 9.114175070699241, "reviews": 5, "lapses": 2, "first": "2026-10-08", "last": "2026-10-16", "rating": 3, "today": 2, "hidden_until": null}');
INSERT INTO "states" VALUES('local','why-shortcuts/d','1/fsrs-6.3.2','{"stability": 20.58880085916655, "difficulty": 6.368627342043034, "reviews": 5, "lapses": 1, "first": "2026-10-01", "last": "2026-10-11", "rating": 3, "today": 1, "hidden_until": null}');
INSERT INTO "states" VALUES('local','why-shortcuts/a','1/fsrs-6.3.2','{"stability": 1.4875035540165107, "difficulty": 7.392238132342694, "reviews": 3, "lapses": 1, "first": "2026-10-02", "last": "2026-10-12", "rating": 1, "today": 1, "hidden_until": "2026-10-19"}');
INSERT INTO "states" VALUES('local','why-shortcuts/b','1/fsrs-6.3.2','{"stability": 56.56145082805168, "difficulty": 2.0768687707460076, "reviews": 7, "lapses": 0, "first": "2026-10-01", "last": "2026-10-15", "rating": 3, "today": 1, "hidden_until": "9999-12-31"}');
INSERT INTO "states" VALUES('local','why-shortcuts/c','1/fsrs-6.3.2','{"stability": null, "difficulty": null, "reviews": 0, "lapses": 0, "first": null, "last": null, "rating": 0, "today": 0, "hidden_until": null}');
INSERT INTO "states" VALUES('two','why-shortcuts/a','1/fsrs-6.3.2','{"stability": 8.2956, "difficulty": 1.0, "reviews": 1, "lapses": 0, "first": "2026-10-18", "last": "2026-10-18", "rating": 4, "today": 1, "hidden_until": null}');
INSERT INTO "states" VALUES('local','skips-56','1/fsrs-6.3.2','{"stability": null, "difficulty": null, "reviews": 0, "lapses": 0, "first": null, "last": null, "rating": 0, "today": 0, "hidden_until": null}');
CREATE INDEX ix_log_profile ON log (profile);
CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_keeps_rows BEFORE DELETE ON log
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ix_log_item ON log (profile, item);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('log',56);
COMMIT;
