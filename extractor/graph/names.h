/* names.h: the IRIs of vocabularies that the graph is written in.
 *
 * Everything about a kind of item (its classes, roles, features) is declared
 * in rule files; here stand only the terms that hold for every graph. */
#ifndef CLAIMANT_GRAPH_NAMES_H
#define CLAIMANT_GRAPH_NAMES_H

#define NS_CLM "https://w3id.org/claimant/ns#"
#define NS_DCTERMS "http://purl.org/dc/terms/"
#define NS_EDTF "http://id.loc.gov/datatypes/edtf/"
#define NS_ELI "http://data.europa.eu/eli/ontology#"
#define NS_OA "http://www.w3.org/ns/oa#"
#define NS_ORG "http://www.w3.org/ns/org#"
#define NS_PROV "http://www.w3.org/ns/prov#"
#define NS_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define NS_RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define NS_SCHEMA "https://schema.org/"
#define NS_SKOS "http://www.w3.org/2004/02/skos/core#"
#define NS_TIME "http://www.w3.org/2006/time#"
#define NS_XSD "http://www.w3.org/2001/XMLSchema#"

#define SOFTWARE_IRI "https://w3id.org/claimant/software/"
#define RULES_IRI "https://w3id.org/claimant/rules/"

#define RDF_TYPE NS_RDF "type"
#define RDFS_LABEL NS_RDFS "label"
#define SCHEMA_NAME NS_SCHEMA "name"
#define XSD_DATE NS_XSD "date"
#define XSD_DATETIME NS_XSD "dateTime"
#define XSD_DECIMAL NS_XSD "decimal"
#define XSD_DURATION NS_XSD "duration"
#define XSD_NON_NEGATIVE NS_XSD "nonNegativeInteger"
#define XSD_STRING NS_XSD "string"
#define XSD_YEAR NS_XSD "gYear"
#define XSD_YEAR_MONTH NS_XSD "gYearMonth"

/* Datatypes of ours: how to read a feature, see graph/value.c. */
#define CLM_TIMEX3 NS_CLM "TIMEX3"
#define CLM_INTERVAL NS_CLM "Interval"
#define CLM_TOKENS NS_CLM "Tokens"
#define CLM_LEGAL_STATUS NS_CLM "LegalStatus"

#endif
