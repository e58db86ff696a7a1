-- The warehouse: one DuckDB file per momentopname. Every table that a delivery fills ends with `levering` and `rij`:
-- the file it came from and the row as a person sees it there (header = row 1).
-- `persoon` is the first 64 bits of the keyed HMAC-SHA-256 of the BSN (etl/pseudonymise); a BSN is never here.
-- Dates are DATE, months the first day of the month, kwartaal '2024-K1', halfjaar '2024-1', gemeentecode four digits.

CREATE TABLE personen (
  persoon BIGINT NOT NULL, geboortejaar SMALLINT NOT NULL, geslacht VARCHAR NOT NULL, gemeentecode VARCHAR NOT NULL,
  doelgroep VARCHAR NOT NULL, datum_plichtig DATE NOT NULL, datum_huisvesting DATE, datum_vertrek DATE,
  mutatiedatum DATE NOT NULL, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE trajecten (
  persoon BIGINT NOT NULL, datum_intake_1 DATE, datum_intake_2 DATE, datum_leerbaarheidstoets DATE, datum_pip DATE,
  datum_einde DATE, uitkomst VARCHAR, toets_uitslag VARCHAR, alfabetisering VARCHAR,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE leerroutes (
  persoon BIGINT NOT NULL, leerroute VARCHAR NOT NULL, contract VARCHAR, start DATE NOT NULL, einde DATE,
  reden_einde VARCHAR, niveau VARCHAR, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE onderdelen (
  persoon BIGINT NOT NULL, onderdeel VARCHAR NOT NULL, contract VARCHAR, start DATE NOT NULL, einde DATE, uren DOUBLE,
  resultaat VARCHAR NOT NULL, verlengd BOOLEAN NOT NULL, eindgesprek DATE, ondertekend DATE, overgedragen BOOLEAN,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE examens (
  persoon BIGINT NOT NULL, onderdeel VARCHAR NOT NULL, niveau VARCHAR, examendatum DATE NOT NULL, resultaat VARCHAR NOT NULL,
  reden_geen_resultaat VARCHAR, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE besluiten (
  persoon BIGINT NOT NULL, datum DATE NOT NULL, soort VARCHAR NOT NULL, grondslag VARCHAR NOT NULL, bedrag DOUBLE,
  maanden INTEGER, instantie VARCHAR, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE participatie (
  persoon BIGINT NOT NULL, vorm VARCHAR NOT NULL, start DATE NOT NULL, einde DATE, uren_per_week DOUBLE,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE uren (
  persoon BIGINT NOT NULL, contract VARCHAR NOT NULL, maand DATE NOT NULL, soort VARCHAR NOT NULL,
  uren_gepland DOUBLE NOT NULL, uren_aanwezig DOUBLE NOT NULL, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE uitkeringen (
  persoon BIGINT NOT NULL, start DATE NOT NULL, einde DATE, reden_einde VARCHAR,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE gesprekken (
  persoon BIGINT NOT NULL, datum DATE NOT NULL, soort VARCHAR NOT NULL, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

-- anonymous: one row per answer; from a report `score n` counted k gives k rows, dated on the quarter's last day
CREATE TABLE tevredenheid (
  onderdeel VARCHAR NOT NULL, contract VARCHAR, gemeentecode VARCHAR, datum DATE NOT NULL, score TINYINT NOT NULL,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE uitnodigingen (
  onderdeel VARCHAR NOT NULL, contract VARCHAR, kwartaal VARCHAR NOT NULL, uitgenodigd INTEGER NOT NULL,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE boekingen (
  boekstuk VARCHAR NOT NULL, datum DATE NOT NULL, gemeentecode VARCHAR NOT NULL, budget VARCHAR NOT NULL,
  kostensoort VARCHAR NOT NULL, contract VARCHAR, doelgroep VARCHAR, soort VARCHAR NOT NULL, bedrag DOUBLE NOT NULL,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE begroting (
  jaar INTEGER NOT NULL, gemeentecode VARCHAR NOT NULL, budget VARCHAR NOT NULL, kostensoort VARCHAR NOT NULL,
  bedrag DOUBLE NOT NULL, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE taakstelling (
  halfjaar VARCHAR NOT NULL, gemeentecode VARCHAR NOT NULL, aantal INTEGER NOT NULL,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

-- from the suppliers' managementrapportages
-- every version of a report; `vervangen` when a later one for the same contract and kwartaal counts
CREATE TABLE rapportages (
  contract VARCHAR NOT NULL, kwartaal VARCHAR NOT NULL, datum DATE NOT NULL, vervangen BOOLEAN NOT NULL, levering INTEGER NOT NULL);

CREATE TABLE kwaliteit (
  contract VARCHAR NOT NULL, kwartaal VARCHAR NOT NULL, kenmerk VARCHAR NOT NULL, waarde DOUBLE, datum DATE, tekst VARCHAR,
  levering INTEGER NOT NULL, rij INTEGER NOT NULL);

-- the supplier's own list, only to be reconciled with leerroutes and onderdelen; `onderdeel` is a leerroute or an onderdeel
CREATE TABLE deelnemers (
  persoon BIGINT NOT NULL, contract VARCHAR NOT NULL, kwartaal VARCHAR NOT NULL, onderdeel VARCHAR NOT NULL,
  start DATE NOT NULL, einde DATE, reden_einde VARCHAR, niveau VARCHAR, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

CREATE TABLE toelichtingen (
  contract VARCHAR NOT NULL, kwartaal VARCHAR NOT NULL, tekst VARCHAR NOT NULL, levering INTEGER NOT NULL, rij INTEGER NOT NULL);

-- what was handed in beside the deliveries: the terms of the contracts, and reference data (with the source of each row)
CREATE TABLE contracten (
  contract VARCHAR NOT NULL, van DATE NOT NULL, tot DATE NOT NULL, ritme VARCHAR NOT NULL, termijn_dagen INTEGER NOT NULL);
CREATE TABLE ref_gemeenten (gemeentecode VARCHAR NOT NULL, gemeente VARCHAR NOT NULL, regio VARCHAR);
CREATE TABLE ref_routes (doelgroep VARCHAR NOT NULL, leerroute VARCHAR NOT NULL, verwacht DOUBLE NOT NULL, bron VARCHAR NOT NULL);
CREATE TABLE ref_tarieven (jaar INTEGER NOT NULL, doelgroep VARCHAR NOT NULL, tarief DOUBLE NOT NULL, bron VARCHAR NOT NULL);
CREATE TABLE ref_uitvoering (jaar INTEGER NOT NULL, gemeentecode VARCHAR NOT NULL, budget DOUBLE, aandeel DOUBLE,
  fte DOUBLE, uren_per_fte DOUBLE, bron VARCHAR NOT NULL);

-- what happened on the way
-- one row per file; status geladen | geweigerd; the numbers add up: gelezen = geladen + identiek + vervangen + geweigerd
CREATE TABLE leveringen (
  levering INTEGER NOT NULL, bestand VARCHAR NOT NULL, soort VARCHAR, status VARCHAR NOT NULL, reden VARCHAR, melding VARCHAR,
  stand DATE, hash VARCHAR NOT NULL, gewijzigd TIMESTAMP, indeling VARCHAR, contract VARCHAR, kwartaal VARCHAR,
  gelezen BIGINT NOT NULL, geladen BIGINT NOT NULL, identiek BIGINT NOT NULL, vervangen BIGINT NOT NULL, geweigerd BIGINT NOT NULL,
  kolommen_onbekend VARCHAR[]);
-- refused rows: never the value
CREATE TABLE weigeringen (
  levering INTEGER NOT NULL, blad VARCHAR, rij INTEGER NOT NULL, kolom VARCHAR, code VARCHAR NOT NULL, melding VARCHAR NOT NULL,
  persoon BIGINT);
-- differences and oddities that do not refuse a row. soort: alleen bij gemeente | alleen bij aanbieder | andere start |
-- ander einde | andere reden | rapportage te laat | rapportage ontbreekt | meer antwoorden dan uitnodigingen | intake na leerbaarheidstoets
CREATE TABLE bevindingen (
  soort VARCHAR NOT NULL, contract VARCHAR, kwartaal VARCHAR, persoon BIGINT, onderdeel VARCHAR, melding VARCHAR NOT NULL,
  levering INTEGER, rij INTEGER);
-- one row: what this momentopname is
CREATE TABLE momentopname (
  id VARCHAR NOT NULL, programma VARCHAR NOT NULL, schema_versie INTEGER NOT NULL, sleutelafdruk VARCHAR NOT NULL,
  voorbeeld BOOLEAN NOT NULL, nieuwste_datum DATE);
